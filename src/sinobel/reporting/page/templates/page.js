"use strict";
// The page reads well without this script; with it, years are linked over all charts, scenarios can be shown and hidden,
// and what a name means opens beside it.
(async () => {
  document.documentElement.classList.add("js");
  const every = (what, within = document) => [...within.querySelectorAll(what)];
  const packed = Uint8Array.from(atob(document.getElementById("given").textContent), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const given = await new Response(unpacked).json();
  const readings = given.readings;
  const shown = new Set(every(".chip").map((chip) => chip.dataset.scenario));
  const slider = document.getElementById("year");
  const said = document.getElementById("said");

  // --- charts: a line at the year, and the values there ---

  const charts = Object.entries(readings).map(([key, variants]) => {
    const figure = document.getElementById(key);
    const canvases = every(".canvas", figure).map((canvas) => {
      const reading = variants[canvas.classList.contains("narrow") ? "narrow" : "wide"];
      const svg = canvas.querySelector("svg");
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      line.setAttribute("class", "cursor");
      line.setAttribute("y1", reading.top);
      line.setAttribute("y2", reading.bottom);
      svg.append(line);
      return { canvas, svg, line, reading };
    });
    return { key, figure, canvases, when: figure.querySelector(".when"), rows: every(".readout li", figure) };
  });

  function place(chart, at) {
    const { names, series } = chart.canvases[0].reading;
    for (const { line, reading } of chart.canvases) {
      line.setAttribute("x1", reading.at[at]);
      line.setAttribute("x2", reading.at[at]);
    }
    chart.when.textContent = names[at] + (chart.when.dataset.tail || "");
    chart.rows.forEach((row, index) => {
      const { scenario, texts } = series[index];
      row.querySelector("b").textContent = texts[at];
      row.hidden = !texts[at] || (scenario !== "" && !shown.has(scenario));
    });
    chart.at = at;
  }

  function toYear(year, except) {
    for (const chart of charts) {
      const at = chart.canvases[0].reading.years.lastIndexOf(year);
      if (chart !== except && at >= 0) place(chart, at);
    }
    if (slider && year >= +slider.min) {
      slider.value = year;
      slider.nextElementSibling.textContent = year;
      markYear(year);
      payments.forEach((table) => tellPayments(table));
      tellTitles();
    }
  }

  function markYear(year) {
    const heat = document.getElementById("table-thresholds");
    const column = heat ? [...heat.rows[0].cells].findIndex((cell) => +cell.textContent === year) : -1;
    for (const row of heat?.rows ?? []) [...row.cells].forEach((cell, at) => cell.classList.toggle("at", at === column));
  }

  for (const chart of charts) {
    chart.when.dataset.tail = chart.when.textContent.replace(/^[^,]*/, "");
    for (const { canvas, svg, reading } of chart.canvases) {
      const read = (event) => {
        const box = svg.getBoundingClientRect();
        const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
        let at = 0;
        reading.at.forEach((each, index) => {
          if (Math.abs(each - x) < Math.abs(reading.at[at] - x)) at = index;
        });
        if (at === chart.at) return;
        place(chart, at);
        toYear(chart.canvases[0].reading.years[at], chart);
      };
      canvas.addEventListener("pointermove", read);
      canvas.addEventListener("pointerdown", read);
    }
  }

  // --- charts of one scenario: what changes of them for another, and payments of every year ---

  const ranges = document.getElementById("ranges");
  const redrawn = Object.entries(given.redrawn).map(([key, of]) => {
    const figure = document.getElementById(key);
    const drawings = every(".canvas", figure).map((canvas) => {
      const svg = canvas.querySelector("svg");
      return { form: canvas.classList.contains("narrow") ? "narrow" : "wide", nodes: [svg, ...every("*", svg)], undo: [] };
    });
    return { figure, of, drawings, chart: charts.find((chart) => chart.key === key) };
  });
  const payments = Object.entries(given["by-year"]).map(([key, of]) => {
    const figure = document.getElementById(key);
    const bars = every(".paid-bar path", figure);
    const cells = of.cells[of.shown[0]][of.years.indexOf(of.shown[1])].length / 3;
    const own = Array.from({ length: cells }, (_, cell) => cell).filter((cell) => !of.sums.includes(cell));
    const ends = (bar) => bar.getAttribute("d").match(/-?(\d+\.?\d*|\.\d+)/g).map(Number); // left, foot, length, height
    const table = { figure, of, own, bars: bars.map((bar) => ({ bar, corners: ends(bar) })), now: of.shown };
    table.texts = { mean: every(".paid-mean text", figure), span: every(".paid-span text", figure) };
    return table;
  });

  const titled = given.titled;

  function tellTitles() {
    const at = titled.years.indexOf(+slider.value);
    for (const [key, of] of Object.entries(titled.of)) {
      const [start, end, ...between] = of[ranges?.value] ?? of[""] ?? Object.values(of)[0];
      if (at >= 0) retitle(document.getElementById(key), start + between[at] + end);
    }
  }

  function retitle(figure, title) {
    const heading = figure.querySelector("h3");
    const before = heading.textContent;
    const fold = figure.closest("details.finds");
    if (before === title) return;
    for (const part of every("[aria-label]", figure)) {
      part.setAttribute("aria-label", part.getAttribute("aria-label").replace(before, () => title));
    }
    for (const part of [heading, figure.querySelector(".data caption"), fold?.querySelector("summary")]) {
      if (part) part.textContent = title;
    }
  }

  function tell(figure, title, few, rest) {
    const [short, long] = [figure.querySelector("p.how"), figure.querySelector("details.how")];
    retitle(figure, title);
    for (const part of every(".canvas", figure)) part.setAttribute("aria-label", `${title}. ${few} ${rest}`);
    short.textContent = few;
    short.hidden = !few;
    long.querySelector("p").textContent = rest;
    long.hidden = !rest;
  }

  function change(nodes, changes) {
    return changes.map(([at, what, ...to]) => {
      const node = nodes[at];
      if (typeof what === "number") {
        const children = [...node.childNodes];
        const inside = node.cloneNode(false);
        inside.innerHTML = to[1];
        node.replaceChildren(...children.slice(0, what), ...inside.childNodes, ...children.slice(what + to[0]));
        return () => node.replaceChildren(...children);
      }
      const before = what ? node.getAttribute(what) : node.textContent;
      const put = (value) => (what ? node.setAttribute(what, value) : (node.textContent = value));
      put(typeof to[0] === "number" ? changes[to[0]][2] : to[0]);
      return () => put(before);
    });
  }

  function redraw(name) {
    for (const { figure, of, drawings, chart } of redrawn) {
      for (const drawing of drawings) {
        drawing.undo.reverse().forEach((back) => back());
        drawing.undo = change(drawing.nodes, of[name][drawing.form]);
      }
      tell(figure, of[name].title, of[name].few, of[name].rest);
      if (!chart) continue;
      chart.canvases[0].reading.series = of[name].series;
      place(chart, chart.at);
    }
  }

  const minus = (text) => text.replace("-", "−");

  function tellPayments(table) {
    const { figure, of, own, bars, texts } = table;
    const [name, year] = [ranges?.value ?? of.shown[0], Math.max(+slider.value, of.years[0])];
    const at = of.years.indexOf(year);
    if (at < 0 || (table.now[0] === name && table.now[1] === year)) return;
    const numbers = of.cells[name][at];
    const rows = every("table.drawn tbody tr", figure);
    texts.mean.forEach((text, cell) => {
      const [mean, low, high] = numbers.slice(3 * cell, 3 * cell + 3);
      const digits = Math.max(Math.abs(low), Math.abs(high)) >= of.billion ? 1 : 2;
      const told = (number) => minus((number / of.billion).toFixed(digits));
      text.textContent = told(mean);
      texts.span[cell].textContent = told(low) + (low >= 0 ? " to " : " … ") + told(high);
      [of.names[name], year].forEach((told, place) => (rows[cell].cells[place].textContent = told));
      [mean, low, high].forEach((number, place) => (rows[cell].cells[of.column + place].textContent = of.step * number));
    });
    const means = own.map((cell) => numbers[3 * cell]);
    bars.forEach(({ bar, corners: [left, foot, length, height] }, place) => {
      const now = of.full * Math.max(Math.abs(means[place]) / of.longest, of.hair);
      bar.setAttribute("d", `M${left + length - now} ${foot}h${now}v${height}h${-now}z`);
      const out = bar.parentNode.classList.contains("out") || means[place] < 0;
      bar.style.fill = out ? "var(--orange)" : "var(--blue)";
    });
    const heading = ([whose, when]) => `${of.names[whose]}, ${when}.`;
    const [few, rest] = every(".how p, p.how", figure).map((part) => part.textContent.replace(heading(table.now), () => heading([name, year])));
    tell(figure, of.titles[name][at], few, rest);
    table.now = [name, year];
  }

  ranges?.addEventListener("change", () => {
    for (const fan of every(".drawing .fan")) fan.classList.toggle("off", fan.dataset.scenario !== ranges.value);
    redraw(ranges.value);
    payments.forEach((table) => tellPayments(table));
    tellTitles();
    said.textContent = `${ranges.selectedOptions[0].textContent} in detail`;
  });

  slider.addEventListener("input", () => toYear(+slider.value));
  toYear(+slider.value);

  // --- scenarios ---

  function showScenarios() {
    for (const part of every(".drawing [data-scenario]")) {
      part.classList.toggle("hidden", part.dataset.scenario !== "" && !shown.has(part.dataset.scenario));
    }
    const hidden = every(".chip").filter((chip) => !shown.has(chip.dataset.scenario)).map((chip) => chip.textContent.trim());
    for (const row of every("#table-thresholds tbody tr")) row.hidden = hidden.includes(row.cells[0].textContent.trim());
    for (const chart of charts) if (chart.at !== undefined) place(chart, chart.at);
  }

  // Chromium shapes the text of a button before the page's own font is there, and not again unless it is put in anew
  document.fonts?.ready.then(() => every(".chip").forEach((chip) => chip.replaceWith(chip)));

  for (const chip of every(".chip")) {
    chip.addEventListener("click", () => {
      const name = chip.dataset.scenario;
      if (!shown.delete(name)) shown.add(name);
      chip.setAttribute("aria-pressed", shown.has(name));
      showScenarios();
      said.textContent = `${chip.textContent.trim()} ${shown.has(name) ? "shown" : "hidden"}`;
    });
  }

  for (const story of every(".stories button")) {
    story.addEventListener("click", () => {
      const on = story.getAttribute("aria-pressed") !== "true";
      story.setAttribute("aria-pressed", on);
      for (const line of every(`.drawing .story[data-story="${story.dataset.story}"]`)) line.classList.toggle("off", !on);
      said.textContent = `${story.textContent.trim()} ${on ? "drawn" : "not drawn"}`;
    });
  }

  // --- what a name means ---

  const dialog = document.getElementById("about");
  const body = dialog.querySelector(".dialog-body");
  const back = dialog.querySelector(".back");
  const path = [];

  function open(anchor) {
    const entry = document.getElementById(anchor);
    if (!entry) return false;
    const copy = entry.cloneNode(true);
    const title = document.createElement("h2");
    title.id = "about-title";
    title.textContent = copy.querySelector("h3").textContent;
    copy.querySelector("h3").remove();
    body.replaceChildren(title, ...copy.childNodes);
    back.hidden = path.length < 2;
    if (!dialog.open) dialog.showModal();
    body.focus();
    dialog.scrollTop = 0;
    return true;
  }

  document.addEventListener("click", (event) => {
    const term = event.target.closest("a.term");
    if (!term || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const anchor = term.getAttribute("href").slice(1);
    if (!dialog.open) path.length = 0;
    path.push(anchor);
    if (open(anchor)) event.preventDefault();
  });
  back.addEventListener("click", () => {
    path.pop();
    open(path[path.length - 1]);
  });
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.documentElement.classList.add("ready");
})();
