"use strict";
// The page reads well without this script; with it, years are linked over all charts, scenarios can be shown and hidden,
// and what a name means opens beside it.
(() => {
  const every = (what, within = document) => [...within.querySelectorAll(what)];
  const readings = JSON.parse(document.getElementById("readings").textContent);
  const shown = new Set(every(".chip").map((chip) => chip.dataset.scenario));
  const slider = document.getElementById("year");
  const said = document.getElementById("said");
  document.documentElement.classList.add("js");

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
    }
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
        toYear(reading.years[at], chart);
      };
      canvas.addEventListener("pointermove", read);
      canvas.addEventListener("pointerdown", read);
    }
  }
  slider.addEventListener("input", () => toYear(+slider.value));
  toYear(+slider.value);

  // --- scenarios ---

  function showScenarios() {
    for (const part of every(".drawing [data-scenario]")) {
      part.classList.toggle("hidden", part.dataset.scenario !== "" && !shown.has(part.dataset.scenario));
    }
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

  const ranges = document.getElementById("ranges");
  ranges?.addEventListener("change", () => {
    for (const fan of every(".drawing .fan")) fan.classList.toggle("off", fan.dataset.scenario !== ranges.value);
  });

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
})();
