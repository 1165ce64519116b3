"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") !== "descending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const key = (row) => row.cells[column].textContent;
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [parseFloat(key(a)), parseFloat(key(b))];
      if (Number.isNaN(x) && Number.isNaN(y)) return key(a).localeCompare(key(b), "zh");
      if (Number.isNaN(x)) return 1;
      if (Number.isNaN(y)) return -1;
      return down ? y - x : x - y;
    });
    if (!down && rows.every((row) => Number.isNaN(parseFloat(key(row))))) rows.reverse();
    body.append(...rows);
  }));
}
const kind = document.getElementById("kind");
if (kind) {
  const items = [...document.querySelectorAll("#gallery > li")];
  const show = () => {
    let shown = 0;
    for (const item of items) {
      item.hidden = kind.value !== "" && item.dataset.kind !== kind.value;
      if (!item.hidden) shown += 1;
    }
    document.getElementById("shown").textContent = `${shown} / ${items.length}`;
  };
  kind.addEventListener("change", show);
  show();
}
