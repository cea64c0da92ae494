// Keeps in the browser what staff type into a form until it is saved, and offers it when they come
// back after a dropped line, a closed tab or a session that ended. A copy has the fields that are
// not as the server sent them; each visit has its own, so that entries in two tabs never mix.
(function () {
  "use strict";
  const PREFIX = "keep-typing/";
  const DAY = 24 * 60 * 60 * 1000;
  const TEXT = "[type=text], textarea:not(.prose-editor *), [contenteditable]"; // can be typed into
  const NOT_KEPT = ["hidden", "file", "submit", "button", "reset", "image"];
  const words = document.getElementById("keep-typing"); // only for who is signed in
  try {
    [localStorage, sessionStorage].forEach((storage) => storage.getItem(PREFIX));
  } catch {
    return; // forbidden: forms work without
  }

  function read(key) {
    try {
      const copy = { key, ...JSON.parse(localStorage.getItem(key)) };
      return copy.fields && copy.at > Date.now() - 14 * DAY ? copy : null;
    } catch {
      return null;
    }
  }
  function put(storage, key, value) {
    try {
      storage.setItem(key, value);
      return true;
    } catch {
      return false; // full
    }
  }
  const drop = (key) => localStorage.removeItem(key);
  const keys = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));
  keys(PREFIX).filter((key) => !read(key)).forEach(drop);

  // What the page before asked for, if it asked; whether it came true shows on this one.
  function asked(deed) {
    const what = sessionStorage.getItem(deed);
    sessionStorage.removeItem(deed);
    return what;
  }
  const saved = asked("keep-typing-save");
  const signedOut = asked("keep-typing-sign-out");
  if (saved && document.querySelector(".messagelist .success")) drop(saved);
  if (signedOut && !words) keys(signedOut).forEach(drop);
  if (!words) return;

  const mine = `${PREFIX}${words.dataset.user}/`;
  const signOut = document.getElementById("logout-form");
  signOut?.addEventListener("submit", () => put(sessionStorage, "keep-typing-sign-out", mine));
  // A popup is left out, as no page after it says that it was saved; accounts are personal.
  const form = document.querySelector(
    "form[data-keep-typing], .change-form:not(.popup, .app-auth) #content-main form[id$=_form]",
  );
  if (!form || form.querySelector("[type=password]")) return;

  function valuesOf(form) {
    const data = new FormData(form);
    const fields = [...form.elements].filter(({ name, type }) => name && !NOT_KEPT.includes(type));
    return Object.fromEntries(fields.map(({ name }) => [name, data.getAll(name)]));
  }
  // A row of an inline that is not there is as empty as the one that new rows are made of.
  const valueIn = (values, name) =>
    values[name] ?? values[name.replace(/-\d+-/, "-__prefix__-")] ?? [];
  const differing = (names, some, others) =>
    names.filter((name) => `${valueIn(some, name)}` !== `${valueIn(others, name)}`);

  const served = form.cloneNode(true); // whatever the browser filled in since
  served.reset();
  const here = `${mine}${location.pathname.replace(/^\/\w+\//, "")}#`; // the same in each language
  const touched = new Set();
  let own = here + Date.now();
  let timer;
  const [notice, mark] = words.content.cloneNode(true).children;
  [...form.querySelectorAll("[type=submit]")].at(-1)?.after(mark);
  const clock = (time) => new Date(time).toTimeString().slice(0, 5);
  function keep() {
    timer = clearTimeout(timer); // which is nothing
    const now = valuesOf(form);
    differing(Object.keys(now), now, valuesOf(served)).forEach((name) => touched.add(name));
    if (!touched.size) return true;
    const fields = Object.fromEntries([...touched].map((name) => [name, valueIn(now, name)]));
    if (!put(localStorage, own, JSON.stringify({ at: Date.now(), fields }))) return false;
    if (mark.textContent) mark.ariaLive = "off"; // once is enough to hear it
    mark.textContent = words.dataset.kept.replace("{time}", clock(Date.now()));
    return true;
  }

  const editors = new WeakMap();
  const remember = ({ detail }) => editors.set(detail.textarea, detail.editor);
  document.addEventListener("prose-editor:ready", remember);
  function fill(field, values, value = "") {
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else if (!field.options) field.value = value;
    for (const option of field.options ?? []) option.selected = values.includes(option.value);
    editors.get(field)?.commands.setContent(value); // an editor that is to come reads the field
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function putBack(fields) {
    for (const [name, values] of Object.entries(fields)) {
      const [, group, row] = name.match(/^(.+)-(\d+)-/) ?? [];
      const add = group && document.querySelector(`#${CSS.escape(group)}-group .add-row a`);
      for (let i = 0; add && i <= row && !form.elements[name]; i++) add.click();
      const all = [...form.elements].filter((field) => field.name === name);
      all.forEach((field, i) => fill(field, values, values[i]));
    }
  }

  function when(time) {
    const [then, today] = [time, Date.now()].map((time) => new Date(time).setHours(0, 0, 0, 0));
    const days = Math.round((today - then) / DAY);
    const text = [words.dataset.today, words.dataset.yesterday][days] ?? words.dataset.earlier;
    return text.replace("{days}", days).replace("{time}", clock(time));
  }
  function offer(copies) {
    if (!copies.length) return notice.remove();
    form.before(notice); // before its words, so that they are read out
    notice.querySelector("[role=alert]").textContent = when(copies[0].at);
    notice.onclick = ({ target: { value } }) => {
      if (value === "put-back") putBack(copies[0].fields);
      if (value === "throw-away" || (value === "put-back" && keep())) drop(copies[0].key);
      if (value) offer(copies.slice(1));
      if (!notice.isConnected) form.querySelector(TEXT)?.focus();
    };
  }

  // What is in the fields is not offered: the form came back with errors, the browser filled it,
  // or the server has it.
  function isNews({ key, fields }) {
    const names = Object.keys(fields);
    if (differing(names, fields, valuesOf(form)).length) return true;
    if (form.querySelector(".errorlist") || differing(names, fields, valuesOf(served)).length) {
      own = key;
      names.forEach((name) => touched.add(name));
    } else drop(key);
    return false;
  }
  offer(keys(here).map(read).filter(isNews).sort((one, other) => other.at - one.at));
  form.oninput = form.onchange = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  };
  document.addEventListener("visibilitychange", () => timer && keep());
  form.addEventListener("submit", () => {
    keep();
    put(sessionStorage, "keep-typing-save", own);
  });
})();
