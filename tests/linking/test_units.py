from bare_tasks import bare_task
from taskner.linking import link_task
from taskner.types import Annex, Document, Segment, Span, Unit


def roles(task):
    return [(unit.name, unit.role) for unit in task.units]


def test_unit_of_a_verb_is_added_with_its_role(link):
    task = link(("content", "", "修缮古桥，由⟦U|文保所⟧牵头，⟦U|交管站⟧、⟦U|河道办⟧配合。"))
    assert roles(task) == [("文保所", "lead"), ("交管站", "support"), ("河道办", "support")]
    assert "no_unit" not in task.flags


def test_unit_without_a_verb_has_no_role(link):
    task = link(("content", "", "修缮古桥（⟦U|文保所⟧）。"))
    assert roles(task) == [("文保所", "unknown")]
    assert "role_unknown" in task.flags


def test_unit_that_the_field_has_is_not_added(link):
    cells = [
        ("content", "", "由⟦U|林长办⟧负责清理枯木。"),
        ("responsibility", "责任单位", "⟦U|林长办⟧"),
    ]
    task = link(*cells, units=["林长办"])
    assert roles(task) == [("林长办", "lead")]
    assert task.flags == ("no_deadline",)


def test_task_without_units_says_so(link):
    assert "no_unit" in link(("content", "", "清理枯木。")).flags


def test_parser_flags_stay(link):
    assert "role_assumed" in link(("content", "", "清理枯木。"), flags=["role_assumed"]).flags


def test_agreeing_field_is_not_disputed(link):
    cells = [("content", "", "清理枯木。"), ("responsibility", "", "⟦U|林长办⟧、⟦U|东岸镇⟧")]
    assert "unit_disputed" not in link(*cells, units=["林长办", "东岸镇"]).flags


def test_field_split_stands_when_the_tagger_disagrees(link):
    cells = [("content", "", "清理枯木。"), ("responsibility", "", "⟦U|林长办⟧、东岸⟦U|镇⟧")]
    task = link(*cells, units=["林长办", "东岸镇"])
    assert "unit_disputed" in task.flags
    assert [unit.name for unit in task.units] == ["林长办", "东岸镇"]


def test_tagger_without_units_in_a_field_disputes_nothing(link):
    cells = [("content", "", "清理枯木。"), ("responsibility", "", "林长办、东岸镇")]
    assert "unit_disputed" not in link(*cells, units=["林长办", "东岸镇"]).flags


def test_marks_and_breaks_are_no_dispute():
    text = "清理枯木。\n★林长\n办、东岸镇"
    document = Document(id="d", text=text)

    def span(start, end):
        return Span.of(document, start, end, "UNIT")

    task = bare_task(
        text,
        end=5,
        segments=(
            Segment(start=0, end=5, field="content"),
            Segment(start=6, end=len(text), field="responsibility"),
        ),
        units=(
            Unit(span=span(6, 11), pieces=((6, 9), (10, 11)), role="lead", name="林长办"),
            Unit(span=span(12, 15), pieces=((12, 15),), role="support", name="东岸镇"),
        ),
    )
    spans = [span(7, 9), span(10, 11), span(12, 15)]
    annex = Annex(id="0", title=None, start=0)
    assert "unit_disputed" not in link_task(document, task, spans, annex=annex, year=2026).flags
