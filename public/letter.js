// The pages that the links of letters lead to. What opens or stops something is behind the link's #, which no server and no
// log sees: it is put into the form and taken out of the address. Opening follows at once; stopping waits for a press, so that
// no program that follows links in letters stops them for anybody.

const form = document.querySelector("form[data-letter]");
const code = /^#([0-9a-f]{64})$/.exec(location.hash)?.[1];
if (form && code) {
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.code.value = code;
  form.querySelector("#code-row").hidden = true;
  if (form.dataset.letter === "continue") form.requestSubmit();
}
