// Charts without an axis of years: the value under the pointer, and one after the other from the keyboard.
(() => {
  const every = (what, within = document) => [...within.querySelectorAll(what)];
  const FAR = 40; // pixels from which on a pointer is at none

  const lies = (node) => node.getBoundingClientRect();
  const away = (box, x, y) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));

  function nearest(canvas, x, y) {
    let [found, least, smallest] = [null, FAR, Infinity];
    for (const node of every("[data-told]", canvas)) {
      const box = lies(node);
      const [far, size] = [away(box, x, y), box.width * box.height];
      if (far < least - 0.5 || (far <= least && size < smallest)) [found, least, smallest] = [node, far, size];
    }
    return found;
  }

  // --- who pays whom: what each number is, and on a phone a small table of each partner ---

  const money = (text) => {
    const number = +text.replace(/,/g, "");
    return (digits) => (number / 1000).toFixed(digits).replace("-", "−");
  };
  const cell = (row, what, text, more = {}) => row.append(Object.assign(document.createElement(what), { textContent: text }, more));

  function tellPartners(figure, partners) {
    const tables = new Map();
    every("table.drawn tbody tr", figure).forEach((line, place) => {
      const [side, kind, partner] = [2, 3, 4].map((at) => line.cells[at].textContent);
      const [mean, low, high] = [6, 7, 8].map((at) => money(line.cells[at].textContent));
      const digits = Math.max(Math.abs(+low(3).replace("−", "-")), Math.abs(+high(3).replace("−", "-"))) >= 1 ? 1 : 2;
      const span = `${low(digits)} to ${high(digits)}`;
      const node = every(".paid-mean", figure)[place];
      if (node) node.dataset.told = `${side}: ${kind}, ${partner}: ${mean(digits)} bn USD (${span})`;
      if (!tables.has(partner)) {
        const made = document.createElement("table");
        cell(made.createTHead().insertRow(), "th", `${partner}, bn USD (80 % of futures)`, { colSpan: 2, scope: "col" });
        tables.set(partner, made.createTBody());
      }
      const table = tables.get(partner);
      if (table.dataset.side !== side) cell(table.insertRow(), "th", side, { colSpan: 2, scope: "rowgroup", className: "side" });
      table.dataset.side = side;
      const row = table.insertRow();
      cell(row, "th", kind, { scope: "row" });
      cell(row, "td", `${mean(digits)} (${span})`);
    });
    partners.replaceChildren(...[...tables.values()].map((table) => table.parentNode));
  }

  for (const text of new Set(every(".paid-mean").map((each) => each.closest("figure")))) {
    const partners = document.createElement("div");
    partners.className = "listed";
    text.classList.add("has-list");
    text.querySelector(".canvas").after(partners);
    const again = () => tellPartners(text, partners);
    new MutationObserver(again).observe(text.querySelector("table.drawn tbody"), { childList: true, characterData: true, subtree: true });
    again();
  }

  // --- a phone reads what is told, in place of a drawing that has no other form ---

  for (const figure of every("figure:not(.has-list)")) {
    const alone = figure.querySelector(".canvas.sideways");
    const told = alone ? every("[data-told]", alone).map((node) => node.dataset.told) : [];
    if (!told.length) continue;
    const list = document.createElement("dl");
    list.className = "listed";
    const kinds = new Map();
    for (const text of told) {
      const name = text.split(": ")[0];
      kinds.set(name, [...(kinds.get(name) ?? []), text.slice(name.length + 2)]);
    }
    for (const [name, texts] of kinds) {
      cell(list, "dt", name);
      cell(list, "dd", texts.join("; "));
    }
    figure.classList.add("has-list");
    alone.after(list);
  }

  function textOf(node, figure) {
    const of = (form) => every(`.canvas.${form} [data-told]`, figure);
    return node.dataset.told || of("wide")[of("narrow").indexOf(node)]?.dataset.told || "";
  }

  const figures = every("figure").filter((figure) => figure.querySelector("[data-told]"));
  for (const figure of figures) {
    const box = document.createElement("div");
    box.className = "values";
    const line = document.createElement("p");
    line.setAttribute("aria-live", "polite");
    let now = null;

    const show = (node) => {
      now?.classList.remove("told");
      now = node;
      now?.classList.add("told");
      line.textContent = now ? textOf(now, figure) : "";
    };
    const step = (way) => {
      const shown = every("[data-told]", figure).filter((node) => lies(node).width + lies(node).height > 0);
      const at = shown.indexOf(now);
      show(shown[at < 0 ? (way > 0 ? 0 : shown.length - 1) : (at + way + shown.length) % shown.length]);
    };
    for (const [sign, name, way] of [["‹", "Value before", -1], ["›", "Next value", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", `${name}: ${figure.querySelector("h3").textContent}`);
      button.addEventListener("click", () => step(way));
      box.append(button);
    }
    box.append(line);
    every(".canvas", figure).at(-1).after(box);
    for (const canvas of every(".canvas", figure)) {
      const read = (event) => show(nearest(canvas, event.clientX, event.clientY));
      canvas.addEventListener("pointermove", read);
      canvas.addEventListener("pointerdown", read);
    }
    new MutationObserver(() => show(now?.isConnected ? now : null)).observe(figure, {
      attributeFilter: ["data-told"],
      subtree: true,
    });
  }
})();
