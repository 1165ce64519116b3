import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskner.values import canonical_unit
from taskner.values.lexicon import read_list


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("市发改委", "市发展改革委"),
        ("市发展和改革委员会", "市发展改革委"),
        ("县发改局", "县发展改革局"),
        ("发改局", "发展改革局"),
        ("发改局（服务业发展局）", "发展改革局"),
        ("青禾县住建局", "青禾县住房和城乡建设局"),
        ("县人力社保局", "县人力资源和社会保障局"),
        ("省人社厅", "省人力资源和社会保障厅"),
        ("市市场监管局", "市市场监督管理局"),
        ("市卫健委", "市卫生健康委"),
        ("市委编办", "市委机构编制委员会办公室"),
        ("团市委", "共青团市委"),
        ("区政府办", "区人民政府办公室"),
        ("县 残联", "县残疾人联合会"),
    ],
)
def test_known_bodies(name, canonical):
    assert canonical_unit(name) == canonical


@pytest.mark.parametrize(
    "name",
    [
        "",
        "教育",
        "某某集团",
        "各区县政府",
        "有关县政府",
        "政府",
        "办公室",
        "青禾街道",
        "市级有关部门",
    ],
)
def test_unknown_bodies(name):
    assert canonical_unit(name) is None


@pytest.mark.parametrize("level", ["省", "市", "县", "区"])
def test_levels_stay_apart(level):
    canonical = canonical_unit(f"{level}民政局")
    assert canonical is not None
    assert canonical.startswith(level)


def test_a_canonical_name_is_its_own():
    for row in read_list("units")["families"]["kinded"]:
        assert canonical_unit(f"市{row[0]}局") == f"市{row[0]}局"


def test_no_name_belongs_to_two_families():
    families = read_list("units")["families"]
    for rows in families.values():
        names = [name for row in rows for name in row]
        assert len(names) == len(set(names))


@given(st.text())
def test_no_text_raises(text):
    canonical_unit(text)
