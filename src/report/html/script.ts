/** The script of a page: filters and colours, nothing else. Everything is in the page without it. */
export const script = `
(() => {
  'use strict';
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  const scheme = byId('scheme');
  scheme.closest('.scheme').hidden = false;
  scheme.addEventListener('change', () => {
    if (scheme.value === '') delete root.dataset.scheme;
    else root.dataset.scheme = scheme.value;
  });

  const form = byId('filters');
  if (form !== null) {
    const groups = document.querySelectorAll('details.group');
    const links = document.querySelectorAll('nav.groups li');
    const stills = document.querySelectorAll('p.still');
    const boxes = [...form.querySelectorAll('input[name=action]')];
    const [search, group, side, shown, fold] = ['search', 'group', 'side', 'shown', 'fold'].map(byId);
    const number = (count) => count.toLocaleString('en');
    // Looked up when they are first needed: a page is ready before anybody filters it.
    let changes;
    let texts;
    const textOf = (change) => (change.parentElement.querySelector('h3').textContent + ' ' + change.textContent).toLowerCase();

    const filter = () => {
      changes ??= [...document.querySelectorAll('.group > article')];
      const actions = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
      const inGroup = group === null ? '' : group.value;
      const whose = side === null ? '' : side.value;
      if (words.length > 0) texts ??= changes.map(textOf);
      const open = new Set();
      let count = 0;
      changes.forEach((change, index) => {
        const own = change.parentElement.id;
        const fits =
          actions.has(change.classList[0]) &&
          (inGroup === '' || own === inGroup) &&
          (whose === '' || (change.dataset.side ?? '').split(' ').includes(whose)) &&
          words.every((word) => texts[index].includes(word));
        if (change.hidden === fits) change.hidden = !fits;
        if (fits) {
          open.add(own);
          count += 1;
        }
      });
      const all = count === changes.length;
      for (const one of groups) one.hidden = !open.has(one.id);
      for (const one of links) one.hidden = !open.has(one.dataset.group);
      for (const one of stills) one.hidden = !all;
      if (all) delete root.dataset.filtered;
      else root.dataset.filtered = '';
      shown.textContent = all ? number(count) + ' changes' : number(count) + ' of ' + number(changes.length) + ' changes';
    };

    form.hidden = false;
    form.addEventListener('input', filter);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(filter));
    fold.addEventListener('click', () => {
      const folded = fold.getAttribute('aria-pressed') !== 'true';
      fold.setAttribute('aria-pressed', String(folded));
      for (const one of groups) one.open = !folded;
    });
    // A link to what a filter hides shows it all the same.
    const reveal = () => {
      const aim = byId(location.hash.slice(1));
      if (aim === null || aim.closest('[hidden]') === null) return;
      form.reset();
      filter();
      aim.scrollIntoView();
    };
    addEventListener('hashchange', reveal);
    // A page that is loaded again keeps what was typed.
    const isAsWritten = () =>
      search.value === '' && boxes.every((box) => box.checked) && [group, side].every((choice) => choice === null || choice.value === '');
    addEventListener('pageshow', () => {
      if (!isAsWritten()) filter();
    });
  }
  root.dataset.ready = '';
})();
`;
