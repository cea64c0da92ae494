// The search of an exported site, and going to a year, which a server does elsewhere. It finds what
// bilingual/searching.py and editorial/searching.py would; a test holds them beside each other.
(function () {
  "use strict";

  const { rules, texts, pages, words, years } = window.siteSearch;
  const stopWords = new Set(rules.stopWords);
  const vowel = new RegExp(`[${rules.vowels}]`);
  const vowels = new RegExp(`[${rules.vowels}]`, "g");
  const head = new RegExp(`^([^${rules.vowels}]*)([${rules.vowels}]?)[${rules.vowels}]*`);
  const isCyrillic = (word) => /[\u0400-\u04ff]/.test(word);
  const exchange = (text, letters) => text.replace(/./gu, (letter) => letters[letter] ?? letter);

  function fold(text) {
    const mended = text.normalize("NFC").replace(/\p{L}+/gu, function (word) {
      const letters = exchange(word, rules.oldLetters);
      return isCyrillic(letters) ? exchange(letters, rules.lookAlikes) : letters;
    });
    return mended.toLowerCase().normalize("NFC").replaceAll("ё", "е");
  }

  function wordsOf(text) {
    return (fold(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []).flatMap(function (token) {
      const [first, ...parts] = token.split("-");
      return [first, ...parts.filter((part) => !rules.suffixes.includes(part))];
    });
  }

  function skeleton(word) {
    const letters = word.replace(/[ьъй]/g, "");
    const found = letters.match(head);
    return found[1] + found[2] + letters.slice(found[0].length).replace(vowels, "");
  }

  function singular(word) {
    for (const [plural, stem] of Object.entries(rules.plurals)) {
      if (word.startsWith(plural)) {
        const ending = word.slice(plural.length);
        return stem + (ending === "т" ? "д" : ending);
      }
    }
    return word;
  }

  function withoutASuffix(word) {
    return rules.suffixes
      .filter((suffix) => word.endsWith(suffix) && word !== suffix)
      .filter((suffix) => suffix !== "т" || /[грс]т$/.test(word))
      .map((suffix) => word.slice(0, -suffix.length))
      .filter((stem) => stem.length >= 2 && vowel.test(stem));
  }

  function withoutSuffixes(word) {
    const forms = new Set([word]);
    let layer = [word];
    for (let round = 0; round < 3; round += 1) {
      layer = [...new Set(layer.flatMap(withoutASuffix))];
      layer.forEach((form) => forms.add(form));
    }
    return [...forms];
  }

  function englishStem(word) {
    let stem = rules.irregular[word] ?? word;
    if (stem.length > 3 && stem.endsWith("s") && !/(ss|us|is)$/.test(stem)) {
      stem = stem.slice(0, -1);
    }
    const ending = Object.keys(rules.endings).find(
      (ending) => stem.endsWith(ending) && stem.length - ending.length >= rules.endings[ending],
    );
    stem = ending ? stem.slice(0, -ending.length) : stem;
    return stem.replace(/(?<=..)y$/, "i").replace(/([^aeiou\d])\1$/, "$1");
  }

  function keysOfForms(word) {
    if (!isCyrillic(word)) {
      return [englishStem(word.normalize("NFD").replace(/\p{M}/gu, ""))];
    }
    return withoutSuffixes(singular(word)).map((form) => skeleton(form) || form);
  }

  const isShorter = (one, other) => one.length - other.length || (one < other ? -1 : 1);
  const stemOf = (word) => keysOfForms(word).sort(isShorter)[0];

  function fromLatin(word) {
    if (/[^a-z]|[qw]/.test(word)) {
      return [];
    }
    let letters = word.replace(/(?<![aeiou])v(?![aeiou])/g, "u");
    rules.sounds.forEach(([latin, cyrillic]) => {
      letters = letters.replaceAll(latin, cyrillic);
    });
    letters = letters.replace(/(?<=[аоуэиеёюя])и/g, "й");
    return [letters, exchange(letters, rules.front)];
  }

  // How well pages have a word: a map of their numbers
  function grades(word) {
    const spellings = [word, ...fromLatin(word)];
    const stems = spellings.map(stemOf);
    const beginnings = spellings.flatMap(keysOfForms).filter((key) => key.length >= rules.long);
    const [sameWord, sameStem, sameBeginning] = rules.grades;
    const found = new Map();
    words.forEach(function ([written, key, stem, places]) {
      const isForm = stems.includes(stem);
      if (isForm || beginnings.some((beginning) => key.startsWith(beginning))) {
        const near = spellings.includes(written) ? sameWord : isForm ? sameStem : sameBeginning;
        for (let place = 0; place < places.length; place += 2) {
          const grade = places[place + 1] * near;
          found.set(places[place], Math.max(grade, found.get(places[place]) ?? 0));
        }
      }
    });
    return found;
  }

  function find(query) {
    const sought = [...new Set(wordsOf(query))].filter((word) => !stopWords.has(word));
    const all = sought.slice(0, rules.mostWords).map(grades);
    const having = [...new Set(all.flatMap((grade) => [...grade.keys()]))];
    const havingAll = having.filter((page) => all.every((grade) => grade.has(page)));
    const score = (page) => all.reduce((sum, grade) => sum + (grade.get(page) ?? 0), 0);
    const found = havingAll.length ? havingAll : having;
    found.sort((one, other) => score(other) - score(one) || one - other);
    return { found: found.map((page) => pages[page]), haveAll: havingAll.length > 0 };
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text ?? "";
    return made;
  }

  function result([file, title, language, kind, year], root) {
    const item = document.createElement("li");
    const body = element("div", "result__body");
    const heading = document.createElement("h2");
    const link = element("a", "", title);
    link.href = root + file;
    link.lang = language;
    heading.append(link);
    body.append(element("p", "result__type", kind), heading);
    item.append(element("p", "result__key", year), body);
    return item;
  }

  function show(form, query, root) {
    const { found, haveAll } = find(query);
    const text = !found.length ? texts.none : found.length === 1 ? texts.one : texts.other;
    const said = element("p", "search__found", text.replace("%n", found.length).replace("%s", query));
    said.setAttribute("role", "status");
    if (found.length && !haveAll) {
      said.append(element("span", "", texts.loose));
    }
    const list = element("ol", "results");
    list.append(...found.map((page) => result(page, root)));
    const wrap = element("div", "wrap results-wrap");
    wrap.append(list);
    form.closest("search").after(said);
    document.querySelector("main").append(wrap);
  }

  window.siteSearch.find = find;
  const form = document.querySelector(".page-head .search-form");
  const root = document.currentScript.dataset.root;
  const asked = new URLSearchParams(location.search);
  const year = Object.keys(years).reverse().find((year) => asked.get("y") && year.endsWith(asked.get("y")));
  if (year) {
    location.replace(root + years[year]);
  } else if (form) {
    form.querySelector(".search-form__filters")?.remove();
    form.querySelector("[type=search]").value = asked.get("q") ?? "";
    if (asked.get("q")) {
      show(form, asked.get("q"), root);
    }
  }
})();
