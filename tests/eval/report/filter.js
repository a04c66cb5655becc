"use strict";
// Shows the questions that fit what is typed and chosen, and how many they are.
const form = document.querySelector(".filter");
const questions = [...document.querySelectorAll(".question")];
const count = document.querySelector("#count");
const plain = (text) => text.toLowerCase().replaceAll("ي", "ی").replaceAll("ك", "ک").replaceAll("\u200c", "");
const held = new Map(questions.map((one) => [one, plain(one.dataset.held)]));

function show() {
  const wanted = plain(form.elements.text.value.trim());
  const { kind, script, outcome } = Object.fromEntries(new FormData(form));
  let shown = 0;
  for (const one of questions) {
    const fits =
      held.get(one).includes(wanted) &&
      (!kind || one.dataset.kind === kind) &&
      (!script || one.dataset.script === script) &&
      (!outcome || one.dataset.outcome === outcome);
    one.hidden = !fits;
    shown += fits;
  }
  count.textContent = `${shown} of ${questions.length} questions`;
}

for (const name of ["input", "change"]) form.addEventListener(name, show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
