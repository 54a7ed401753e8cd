// Each chart as a picture, a drawing and its numbers: made here, from disk and offline, with unit and source on it.
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const every = (what, within = document) => [...within.querySelectorAll(what)];
  const said = document.getElementById("said");
  const foot = document.getElementById("foot").textContent.trim();
  const sheet = [...document.styleSheets[0].cssRules].filter((rule) => rule.style);
  const byDay = sheet.find((rule) => rule.selectorText === ":root").style;
  const looks = sheet.filter((rule) => /^\.(axis-|story\b)/.test(rule.selectorText)).map((rule) => [rule.selectorText, rule.style.cssText]);
  const inColor = (text) => text.replace(/var\(--([\w-]+)\)/g, (_, name) => byDay.getPropertyValue(`--${name}`).trim() || "#ffffff");
  const named = (figure) => figure.querySelector("h3").textContent.trim();

  function told(figure) {
    const label = figure.querySelector(".canvas").getAttribute("aria-label").trim();
    const name = named(figure);
    return (label.startsWith(name) ? label.slice(name.length) : label).replace(/^[.\s]+/, "");
  }

  function lines(text, most) {
    const found = [""];
    for (const word of text.split(/\s+/)) {
      const last = found[found.length - 1];
      if (last && last.length + word.length >= most) found.push(word);
      else found[found.length - 1] = last ? `${last} ${word}` : word;
    }
    return found;
  }

  function paragraph(svg, text, at, size, look) {
    const [, , width] = svg.getAttribute("viewBox").split(" ").map(Number);
    for (const line of lines(text, (width - 24) / (size * 0.53))) {
      const part = document.createElementNS(NS, "text");
      part.setAttribute("x", 12);
      part.setAttribute("y", (at += size * 1.35));
      part.setAttribute("style", `font-size: ${size}px; ${look}`);
      part.textContent = line;
      svg.append(part);
    }
    return at;
  }

  function legend(svg, figure, at) {
    for (const row of every(".readout .brief li", figure)) {
      if (!row.dataset.scenario || row.hidden) continue;
      const sign = row.querySelector(".sign").cloneNode(true);
      for (const [name, value] of Object.entries({ x: 12, y: at + 4, width: 28, height: 14 })) sign.setAttribute(name, value);
      sign.style.strokeWidth = "1.8";
      svg.append(sign);
      at = paragraph(svg, row.querySelector(".who").textContent, at, 12, "fill: var(--ink)");
      svg.lastChild.setAttribute("x", 48);
    }
    return at;
  }

  function drawing(figure) {
    const inner = figure.querySelector(".canvas svg.drawing").cloneNode(true);
    every(".off, .hidden, .cursor", inner).forEach((part) => part.remove());
    for (const [which, style] of looks) {
      every(which, inner).forEach((part) => part.setAttribute("style", `${part.getAttribute("style") || ""}; ${style}`));
    }
    const [, , width, height] = inner.getAttribute("viewBox").split(" ").map(Number);
    const svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", `0 0 ${width + 24} 9`);
    svg.setAttribute("font-family", "'sinobel text', 'Source Sans 3', 'Segoe UI', 'DejaVu Sans', Arial, sans-serif");
    const title = document.createElementNS(NS, "title");
    title.textContent = named(figure);
    svg.append(title);
    let at = paragraph(svg, named(figure), 8, 17, "font-weight: 600; fill: var(--ink)");
    at = paragraph(svg, told(figure), at + 3, 11.5, "fill: var(--quiet)");
    at = legend(svg, figure, at + 4) + 8;
    for (const [name, value] of Object.entries({ x: 12, y: at, width, height })) inner.setAttribute(name, value);
    inner.setAttribute("overflow", "visible");
    svg.append(inner);
    at = paragraph(svg, foot, at + height + 6, 9, "fill: var(--quiet)") + 10;
    svg.setAttribute("viewBox", `0 0 ${width + 24} ${at}`);
    svg.setAttribute("width", width + 24);
    svg.setAttribute("height", at);
    const ground = document.createElementNS(NS, "rect");
    for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: "#ffffff" })) ground.setAttribute(name, value);
    title.after(ground);
    every("[class]", svg).forEach((part) => part.removeAttribute("class"));
    return inColor(new XMLSerializer().serializeToString(svg));
  }

  async function picture(figure) {
    const image = new Image();
    const faces = [...document.styleSheets[0].cssRules].filter((rule) => rule.cssText.startsWith("@font-face"));
    const set = drawing(figure).replace("</title>", `</title><style>${faces.map((rule) => rule.cssText).join("")}</style>`);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(set)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.naturalWidth;
    canvas.height = 2 * image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
  }

  function numbers(figure, between) {
    const cell = ({ textContent }) => {
      const text = textContent.trim();
      if (/^[-−]?[\d,]+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return text.replace(/,/g, "").replace("−", "-");
      const inert = text.replace(/(^|[;\t\n\r])(?=[\s'"]*[=+\-@＝＋－＠])/g, "$1'"); // a text is never a formula
      return between === "," && /[",\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
    };
    const unit = figure.querySelector("table.drawn").dataset.unit; // of all numbers, where no column tells it
    const last = (place) => (unit ? [cell({ textContent: place ? unit : "unit" })] : []);
    const line = (row, place) => [...[...row.cells].map(cell), ...last(place)].join(between);
    return every("table.drawn tr", figure).map(line).join("\n") + "\n";
  }

  function save(figure, ending, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${figure.id}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function copied(figure) {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture(figure) })]);
      return "picture";
    } catch {
      const field = document.createElement("textarea");
      field.value = numbers(figure, "\t");
      figure.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done ? "numbers" : "";
    }
  }

  const made = {
    PNG: async (figure) => save(figure, "png", await picture(figure)),
    SVG: async (figure) => save(figure, "svg", new Blob([drawing(figure)], { type: "image/svg+xml" })),
    CSV: async (figure) => save(figure, "csv", new Blob([numbers(figure, ",")], { type: "text/csv" })),
  };

  function button(name, label, does) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", async () => {
      const text = await does();
      said.textContent = text;
      made.textContent = text.split(" ")[0];
      setTimeout(() => (made.textContent = name), 1500);
    });
    return made;
  }

  for (const data of every("figure details.data")) {
    const figure = data.closest("figure");
    const row = document.createElement("p");
    row.className = "files";
    for (const [name, make] of Object.entries(made)) {
      row.append(button(name, `${name} of ${named(figure)}, download`, async () => (await make(figure), `Saved as ${name}`)));
    }
    row.append(
      button("Copy", `Copy ${named(figure)}`, async () => {
        const what = await copied(figure);
        data.querySelector(".files button:last-of-type").focus();
        return what ? `Copied as ${what}` : "Not copied: the browser does not let a page";
      }),
    );
    data.querySelector("summary").after(row);
  }

  // --- a link to a chart opens what it stands in; print shows every finding and how it is read ---

  const reveal = () => {
    for (let part = document.getElementById(decodeURIComponent(location.hash.slice(1))); part; part = part.parentElement) {
      if (part.matches("details.fold")) part.open = true;
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = every("details.how, details.fold").filter((each) => !each.open && (each.matches(".how") || (each.matches(".finds") && each.querySelector("figure"))));
    opened.forEach((each) => (each.open = true));
  });
  addEventListener("afterprint", () => opened.splice(0).forEach((each) => (each.open = false)));
})();
