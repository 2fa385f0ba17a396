(() => {
  const page = document.querySelector(".jfx");
  const card = document.createElement("div");
  card.className = "card";
  card.hidden = true;
  page.append(card);

  // The card replaces the browser's own tooltip, which stays for readers without scripts.
  for (const marked of page.querySelectorAll("[title]")) {
    marked.dataset.tip = marked.title;
    marked.removeAttribute("title");
  }

  const fill = (tip) => {
    card.replaceChildren();
    for (const line of tip.split("\n")) {
      const colon = line.search(": ");
      const name = document.createElement("span");
      const value = document.createElement(colon < 0 ? "b" : "i");
      value.style.fontStyle = "normal";
      name.textContent = colon < 0 ? "" : line.slice(0, colon + 2);
      value.textContent = colon < 0 ? line : line.slice(colon + 2);
      card.append(name, value, "\n");
    }
  };

  const place = (marked) => {
    const box = marked.getClientRects()[0];
    card.hidden = false;
    const left = Math.min(box.left, innerWidth - card.offsetWidth - 8);
    const below = box.bottom + 8 + card.offsetHeight < innerHeight;
    card.style.left = `${Math.max(8, left)}px`;
    card.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - card.offsetHeight - 6)}px`;
  };

  const light = (origin, on) => {
    const report = origin.closest(".report");
    if (!report || !origin.dataset.m) return;
    for (const index of origin.dataset.m.split(" ")) {
      for (const twin of report.querySelectorAll(`[data-m~="${index}"]`)) twin.classList.toggle("on", on);
    }
  };

  // Beside the text the table scrolls in a box of its own: bring the row of a figure into it.
  const reveal = (marked) => {
    const report = marked.closest(".report");
    const row = report.querySelector(`tr[data-m="${(marked.dataset.m || "none").split(" ")[0]}"]`);
    const box = row && row.closest(".scroll");
    if (!box || box.scrollHeight <= box.clientHeight) return;
    const hidden = row.offsetTop < box.scrollTop + 40 || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight;
    if (hidden) box.scrollTop = row.offsetTop - box.clientHeight / 2;
  };

  const show = (event) => {
    const marked = event.target.closest("[data-tip]");
    if (!marked) return;
    light(marked, true);
    if (marked.closest(".text")) {
      reveal(marked);
      fill(marked.dataset.tip);
      place(marked);
    }
  };
  const hide = (event) => {
    const marked = event.target.closest("[data-tip]");
    if (!marked) return;
    light(marked, false);
    card.hidden = true;
  };
  page.addEventListener("mouseover", show);
  page.addEventListener("mouseout", hide);
  page.addEventListener("focusin", show);
  page.addEventListener("focusout", hide);
  addEventListener("scroll", () => { card.hidden = true; }, { passive: true });

  // A click anywhere in a row goes to its figure in the text.
  page.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-m]");
    if (row && !event.target.closest("a") && !String(getSelection())) row.querySelector("a")?.click();
  });
})();
