"use strict";
// The page asks the preview's own server and nothing else. Text from documents is set as text;
// only the bot's own messages, which it has escaped, are set as HTML.

const $ = (id) => document.getElementById(id);
// `chosen` says whether a person chose the question that is asked, or the page did.
const at = { id: null, language: "fa", question: "", chosen: false, found: [] };

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

async function load(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

function say(text, trouble = false) {
  $("state").textContent = text;
  $("state").className = trouble ? "trouble" : "";
}

// --- the documents -----------------------------------------------------------------------------

async function showContents() {
  const { chosen, pending, trouble, documents } = await load("contents");
  at.id ??= decodeURIComponent(location.hash.slice(1)) || chosen || documents[0]?.id;
  const entries = documents.map((entry) => {
    const link = make("a", { href: `#${encodeURIComponent(entry.id)}` }, entry.id);
    link.title = Object.values(entry.titles).join("\n");
    if (entry.id === at.id) link.setAttribute("aria-current", "page");
    const kind = entry.errors ? "error" : "warning";
    const findings = entry.errors + entry.warnings;
    if (findings) link.append(make("span", { className: `count ${kind}` }, `${findings} ⚑`));
    return make("li", {}, link);
  });
  $("contents").replaceChildren(...entries);
  filter();
  if (trouble) say(trouble, true);
  else if (pending) say("Indexing the change; until then answers are the ones before it.");
}

function filter() {
  const wanted = $("filter").value.toLowerCase();
  for (const item of $("contents").children) {
    const link = item.firstChild;
    item.hidden = !`${link.textContent} ${link.title}`.toLowerCase().includes(wanted);
  }
}

// --- one document ------------------------------------------------------------------------------

async function showDocument() {
  if (!at.id) return;
  let shown;
  try {
    shown = await load(`document?id=${encodeURIComponent(at.id)}`);
  } catch {
    $("document").replaceChildren(make("p", {}, `There is no document called ${at.id}.`));
    return;
  }
  const languages = Object.keys(shown.versions);
  if (!languages.includes(at.language) && languages.length) at.language = languages[0];
  const version = shown.versions[at.language];
  $("document").replaceChildren(
    tabs(languages),
    ...(version ? heading(version) : [make("h2", {}, shown.id)]),
    ...findings(shown.faults),
    ...(version ? passages(version) : []),
    ...(version ? keys(version) : []),
  );
  markFound();
  if (version && !at.chosen && version.questions.length) await ask(version.questions[0].text);
}

function tabs(languages) {
  const names = { fa: "فارسی", en: "English" };
  const buttons = languages.map((language) => {
    const button = make("button", { type: "button" }, names[language] ?? language);
    button.setAttribute("aria-pressed", language === at.language);
    button.onclick = () => {
      at.language = language;
      showDocument();
    };
    return button;
  });
  return make("div", { className: "tabs" }, ...buttons);
}

function heading(version) {
  const dates = `facts of ${version.as_of} · reviewed ${version.reviewed}, again by ${version.review_by}`;
  return [
    make("h2", { dir: "auto" }, version.title),
    make("p", { className: "meta" }, `${version.kind} · ${dates}`),
    make("p", { className: "id" }, version.path),
    make("p", { dir: "auto" }, version.summary),
  ];
}

function findings(faults) {
  if (!faults.length) return [make("p", { className: "meta" }, "Lint finds nothing.")];
  const items = faults.map((fault) =>
    make(
      "li",
      {},
      make("span", { className: fault.level }, `${fault.level}, ${fault.path}:${fault.line} `),
      make("bdi", {}, fault.problem),
      " ",
      make("bdi", {}, fault.mend),
    ),
  );
  return [make("h3", {}, `Findings (${items.length})`), make("ul", { className: "faults" }, ...items)];
}

function passages(version) {
  const direction = at.language === "fa" ? "rtl" : "ltr";
  const cards = version.passages.map((passage) => {
    const role = passage.role === "fact" ? null : make("span", { className: `role ${passage.role}` }, passage.role);
    const sentences = passage.sentences.map((sentence) =>
      make("p", {}, `${sentence.text} `, make("span", { className: "sources" }, `[${sentence.sources.join("; ")}]`)),
    );
    const card = make("section", { className: "passage", dir: direction }, make("h4", {}, `${passage.section} `, role));
    card.append(...sentences, make("p", { className: "id" }, passage.id));
    card.dataset.id = passage.id;
    return card;
  });
  return [make("h3", {}, `Passages (${cards.length})`), ...cards];
}

function keys(version) {
  const items = version.questions.map((question) => {
    const rank = question.rank ?? null;
    const says = rank === null ? "not found" : `rank ${rank}`;
    const kind = rank === 1 ? "rank-1" : rank !== null && rank <= 3 ? "warning" : "error";
    const button = make("button", { type: "button" }, make("bdi", {}, question.text), make("span", { className: `count ${kind}` }, says));
    button.onclick = () => choose(question.text);
    return make("li", { dir: at.language === "fa" ? "rtl" : "ltr" }, button);
  });
  const first = version.questions.filter((question) => question.rank === 1).length;
  return [
    make("h3", {}, `Questions (${first} of ${items.length} find their section first)`),
    make("ul", { className: "keys" }, ...items),
  ];
}

// --- a question --------------------------------------------------------------------------------

async function choose(question) {
  at.chosen = true;
  $("ask").scrollIntoView({ block: "nearest" });
  await ask(question);
}

async function ask(question) {
  at.question = question;
  if (document.activeElement !== $("question")) $("question").value = question; // else it is typed in
  if (!question.trim()) return;
  const body = JSON.stringify({ question });
  const { found, phones } = await load("ask", { method: "POST", body });
  if (question !== at.question) return; // another one was asked meanwhile
  at.found = found;
  $("found").replaceChildren(
    ...found.map((hit) =>
      make(
        "li",
        { className: hit.document === at.id ? "own" : "" },
        make("bdi", {}, hit.section),
        " ",
        make("a", { className: "id", href: `#${encodeURIComponent(hit.document)}` }, hit.id),
        ` ${hit.score}`,
      ),
    ),
  );
  markFound();
  $("phones").replaceChildren(...phones.map(phone));
}

function markFound() {
  const best = new Set(at.found.slice(0, 3).map((hit) => hit.id.split("@")[0]));
  for (const card of document.querySelectorAll(".passage")) {
    card.classList.toggle("hit", best.has(card.dataset.id.split("@")[0]));
  }
}

function phone(screens) {
  const chat = make("div", { className: "chat", tabIndex: 0 });
  chat.append(make("div", { className: "bubble mine" }, screens.question));
  send(chat, screens, "first");
  const bar = make("p", {}, `${screens.language === "fa" ? "دریچه" : "Daricheh"} · ${screens.status}`);
  const frame = make("div", { className: "phone", lang: screens.language }, bar, chat);
  frame.dataset.language = screens.language;
  return frame;
}

function send(chat, screens, name) {
  for (const message of screens[name]) {
    const bubble = make("div", { className: "bubble" });
    bubble.innerHTML = message.html;
    for (const quote of bubble.querySelectorAll("blockquote")) quote.dir = "auto";
    chat.append(bubble);
    if (!message.rows.length) continue;
    const rows = message.rows.map((row) =>
      make("div", {}, ...row.map((button) => press(chat, screens, button))),
    );
    chat.append(make("div", { className: "keyboard" }, ...rows));
  }
}

function press(chat, screens, { label, opens, ask: asks }) {
  const button = make("button", { type: "button" }, label);
  button.onclick = () => {
    if (asks !== undefined) return choose(asks);
    const before = chat.lastChild;
    send(chat, screens, opens);
    before.nextSibling?.scrollIntoView({ block: "start" });
  };
  return button;
}

// --- what happens ------------------------------------------------------------------------------

$("filter").oninput = filter;
$("ask").onsubmit = (event) => {
  event.preventDefault();
  choose($("question").value);
};
addEventListener("hashchange", async () => {
  at.id = decodeURIComponent(location.hash.slice(1));
  at.chosen = false;
  await showContents();
  await showDocument();
});

const events = new EventSource("events");
events.onmessage = async () => {
  say(`Read at ${new Date().toLocaleTimeString()}`);
  await showContents();
  await showDocument();
  if (at.chosen) await ask(at.question);
};
events.onerror = () => say("The preview has stopped; this page shows its last state.", true);
