"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const names = (element, key) => (element.dataset[key] || "").split(" ").filter(Boolean);
  const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  // For each identifier of a mark or task: where it is drawn, and which rows show it.
  const index = (elements, key) => {
    const map = new Map();
    for (const element of elements)
      for (const name of names(element, key)) {
        if (!map.has(name)) map.set(name, []);
        map.get(name).push(element);
      }
    return map;
  };
  const pieces = all(".text [data-m], .text [data-t]");
  const rows = all(".row");
  const drawn = { m: index(pieces, "m"), t: index(pieces, "t") };
  const shown = { m: index(rows, "m"), t: index(rows, "t") };
  const found = (element, key, map) => names(element, key).flatMap((name) => map[key].get(name) || []);

  const show = (row) => {
    all(".on, .here").forEach((element) => element.classList.remove("on", "here"));
    const marks = found(row, "m", drawn);
    const task = found(row, "t", drawn);
    row.classList.add("on");
    task.forEach((element) => element.classList.add("here"));
    marks.forEach((element) => element.classList.add("on"));
    const isGoal = row.classList.contains("goal");
    return (isGoal && marks[0]) || task[0] || marks[0];
  };
  const scroll = (element) => element && element.scrollIntoView({ block: "center", behavior: smooth });

  let last = null;
  let turn = 0;
  const find = (piece) => {
    // A place that several rows share shows the next of them at each click.
    const marked = found(piece, "m", shown);
    const goals = marked.filter((row) => row.classList.contains("goal"));
    const candidates = goals.length ? goals : marked.length ? marked : found(piece, "t", shown);
    turn = piece === last ? turn + 1 : 0;
    last = piece;
    return candidates[turn % candidates.length];
  };

  document.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    const piece = event.target.closest(".text [data-m], .text [data-t]");
    if (row) scroll(show(row));
    if (!piece) return;
    const owner = find(piece);
    if (!owner) return;
    reveal(owner);
    show(owner);
    scroll(owner);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".row")) scroll(show(event.target));
  });

  const search = document.getElementById("search");
  const review = document.getElementById("review");
  const choice = document.getElementById("choice");
  const bodies = all(".item").map((item) => ({ item, text: item.textContent.toLowerCase() }));
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { item, text } of bodies)
      item.hidden =
        (review.checked && !item.classList.contains("review")) ||
        !words.every((word) => text.includes(word));
    for (const section of all(".section")) {
      let next = section.nextElementSibling;
      while (next && next.hidden && !next.classList.contains("section")) next = next.nextElementSibling;
      section.hidden = !next || next.classList.contains("section");
    }
    count();
  };
  const count = () => {
    const current = document.querySelector(".notice:not([hidden])");
    if (!current) return;
    const items = all(".item", current);
    const visible = items.filter((item) => !item.hidden).length;
    document.getElementById("count").textContent = `${visible} / ${items.length} 项`;
  };
  const reveal = (row) => {
    if (!row.closest(".item").hidden) return;
    search.value = "";
    review.checked = false;
    filter();
  };
  search.addEventListener("input", filter);
  review.addEventListener("change", filter);
  if (choice)
    choice.addEventListener("change", () => {
      for (const notice of all(".notice")) notice.hidden = notice.dataset.notice !== choice.value;
      count();
    });
  filter();
})();
