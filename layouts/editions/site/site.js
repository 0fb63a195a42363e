/* What web pages can do besides being read: filter the contents, search, and keep one's place when the language changes. All of it works
   from a disk; without it everything is there to read. */
(function () {
  "use strict";

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  /* As people type it: without accents and capitals. */
  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "'").toLowerCase();
  }

  /* -- the filter: values of one kind are alternatives, different kinds all hold; what is chosen stands in the address -- */

  function filter(form) {
    var cards = all(".card");
    var count = form.querySelector("[data-count]");

    function chosen() {
      var found = {};
      all("input:checked", form).forEach(function (input) {
        (found[input.name] = found[input.name] || []).push(input.value);
      });
      return found;
    }

    function suits(card, wanted) {
      return Object.keys(wanted).every(function (name) {
        var has = (card.getAttribute("data-" + name) || "").split(" ");
        return wanted[name].some(function (value) { return has.indexOf(value) >= 0; });
      });
    }

    function show() {
      var wanted = chosen();
      var shown = 0;
      cards.forEach(function (card) {
        card.hidden = !suits(card, wanted);
        shown += card.hidden ? 0 : 1;
      });
      all(".group").forEach(function (group) {
        group.hidden = all(".card", group).every(function (card) { return card.hidden; });
      });
      count.textContent = String(shown);
      var said = Object.keys(wanted).map(function (name) { return name + "=" + wanted[name].join("+"); }).join("&");
      history.replaceState(null, "", said ? "#" + said : location.pathname + location.search);
      keepPlace();
    }

    function restore() {
      location.hash.slice(1).split("&").forEach(function (pair) {
        var parts = pair.split("=");
        (parts[1] || "").split("+").forEach(function (value) {
          all("input", form).forEach(function (input) {
            if (input.name === parts[0] && input.value === value) { input.checked = true; }
          });
        });
      });
    }

    form.hidden = false;
    form.addEventListener("change", show);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(show, 0); });
    restore();
    if (all("input:checked", form).length) { show(); }
  }

  /* -- search: an index of the words of each page lies beside the pages -- */

  function search() {
    var place = document.querySelector("[data-results]");
    var asked = (new URLSearchParams(location.search).get("q") || "").trim();
    all(".search input[name=q]").forEach(function (input) { input.value = asked; });
    if (!place || !asked || !window.pagesToSearch) { return; }
    var words = folded(asked).split(/\s+/);
    var found = window.pagesToSearch.map(function (page) {
      var title = folded(page[1]), text = folded(page[2]);
      var weight = words.reduce(function (sum, word) {
        return sum < 0 ? sum : title.indexOf(word) >= 0 ? sum + 2 : text.indexOf(word) >= 0 ? sum + 1 : -1;
      }, 0);
      return [weight, page];
    }).filter(function (each) { return each[0] > 0; }).sort(function (one, other) { return other[0] - one[0]; });
    var list = document.createElement("ul");
    found.forEach(function (each) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = each[1][0];
      link.textContent = each[1][1];
      item.appendChild(link);
      list.appendChild(item);
    });
    document.querySelector("[data-nothing]").hidden = found.length > 0;
    document.querySelector("[data-found]").textContent = String(found.length);
    place.hidden = false;
    place.appendChild(list);
  }

  /* -- the other language opens where one was: with the same filter, the same search, at the same heading -- */

  function keepPlace() {
    all(".languages a").forEach(function (link) {
      var address = link.getAttribute("href").split(/[?#]/)[0];
      link.setAttribute("href", address + location.search + (location.hash || heading()));
    });
  }

  function heading() {
    var above = all("main h2[id]").filter(function (each) { return each.getBoundingClientRect().top < 80; });
    return above.length && window.scrollY > 0 ? "#" + above[above.length - 1].id : "";
  }

  document.addEventListener("DOMContentLoaded", function () {
    all(".search").forEach(function (form) { form.hidden = false; });
    all("form[data-filters]").forEach(filter);
    search();
    keepPlace();
    all(".languages a").forEach(function (link) { ["focus", "pointerenter"].forEach(function (name) { link.addEventListener(name, keepPlace); }); });
  });
})();
