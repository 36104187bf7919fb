// Puts this server's address and the site's key into the samples of a page, and a button beside each that copies it.
(() => {
  const asked = new URLSearchParams(location.search).get("site") ?? "";
  const key = /^[\w-]{1,64}$/.test(asked) ? asked : "demo";

  for (const code of document.querySelectorAll("code")) {
    code.textContent = code.textContent.replaceAll("https://HOST", location.origin).replaceAll(/\bKEY\b/g, key);
  }

  for (const sample of document.querySelectorAll(".sample")) {
    // Over plain HTTP, but on this machine, browsers offer no clipboard.
    if (!navigator.clipboard) break;
    const code = sample.querySelector("code");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.onclick = async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed";
      }
      setTimeout(() => (button.textContent = "Copy"), 2000);
    };
    sample.append(button);
  }
})();
