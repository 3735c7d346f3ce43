'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const form = document.getElementById('filters');
  if (!form) return;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const notes = all('.finding');
  const marks = all('.mark');
  const files = all('.file');
  const chips = all('.chip', form);
  const query = document.getElementById('q');
  const file = document.getElementById('file');
  const only = document.getElementById('only');
  const rule = document.getElementById('rule');
  const shown = document.getElementById('shown');
  const reset = document.getElementById('reset');
  const none = document.getElementById('none');
  const clean = document.getElementById('clean');
  const byNumber = new Map(notes.map((note) => [note.id.slice(1), note]));
  const textOf = new Map();
  const keys = ['family', 'level', 'status'];
  const open = notes.some((note) => note.dataset.status === 'open');
  const plain = () => ({ family: [], level: [], status: open ? ['open'] : [], file: '', rule: '', q: '' });
  let chosen = plain();

  // What a search looks through: the note, and the passage it stands beside.
  const words = (note) => {
    if (!textOf.has(note)) {
      const row = note.closest('.row');
      const said = row && row.querySelector('.said');
      const name = note.closest('.file').querySelector('h3');
      const parts = [note, said, name].map((part) => (part ? part.textContent : ''));
      textOf.set(note, parts.join(' ').toLowerCase());
    }
    return textOf.get(note);
  };
  const fits = (note, but) => {
    const data = note.dataset;
    if (keys.some((key) => key !== but && chosen[key].length && !chosen[key].includes(data[key]))) return false;
    if (chosen.file && data.file !== chosen.file) return false;
    if (chosen.rule && data.rule !== chosen.rule) return false;
    const terms = chosen.q.toLowerCase().split(/\s+/).filter(Boolean);
    return terms.every((term) => words(note).includes(term));
  };
  const isPlain = () => JSON.stringify(chosen) === JSON.stringify(plain());

  const apply = () => {
    let count = 0;
    for (const note of notes) {
      note.hidden = !fits(note, '');
      if (!note.hidden) count += 1;
    }
    for (const mark of marks) {
      const left = mark.dataset.f.split(' ').map((number) => byNumber.get(number)).filter((note) => note && !note.hidden);
      mark.classList.toggle('off', left.length === 0);
      mark.tabIndex = left.length ? 0 : -1;
      if (left.length) mark.setAttribute('href', '#' + left[0].id);
    }
    for (const row of all('.row.whole')) row.hidden = !all('.finding', row).some((note) => !note.hidden);
    for (const section of files) section.hidden = !all('.finding', section).some((note) => !note.hidden);
    for (const row of all('.row')) {
      if (row.querySelector('.mark')) row.classList.toggle('found', all('.mark', row).some((mark) => !mark.classList.contains('off')));
    }
    for (const chip of chips) {
      const { key, value } = chip.dataset;
      chip.setAttribute('aria-pressed', String(chosen[key].includes(value)));
      const left = notes.filter((note) => note.dataset[key] === value && fits(note, key)).length;
      chip.querySelector('.count').textContent = left;
    }
    file.value = chosen.file;
    if (document.activeElement !== query) query.value = chosen.q;
    rule.hidden = !chosen.rule;
    rule.firstChild.textContent = chosen.rule;
    shown.textContent = shown.dataset.said.replace('{shown}', count).replace('{all}', notes.length);
    reset.hidden = isPlain();
    none.hidden = count > 0;
    if (clean) clean.hidden = !isPlain();
    document.body.classList.toggle('only-found', only.checked);
  };

  // The choice stands in the address, so that it can be sent to somebody.
  const write = () => {
    const parts = [];
    for (const [key, value] of Object.entries(chosen)) {
      const text = Array.isArray(value) ? value.join(',') : value;
      const usual = plain()[key];
      if (text !== (Array.isArray(usual) ? usual.join(',') : usual)) parts.push(key + '=' + encodeURIComponent(text));
    }
    try {
      history.replaceState(null, '', parts.length ? '#' + parts.join('&') : location.pathname + location.search);
    } catch (error) { /* some viewers keep the address to themselves */ }
  };
  const read = () => {
    const hash = location.hash.slice(1);
    if (!hash.includes('=')) return false;
    chosen = plain();
    for (const part of hash.split('&')) {
      const [key, value = ''] = part.split('=');
      let text = value;
      try { text = decodeURIComponent(value); } catch (error) { /* taken as it is */ }
      if (keys.includes(key)) chosen[key] = text.split(',').filter(Boolean);
      else if (Object.hasOwn(chosen, key)) chosen[key] = text;
    }
    return true;
  };
  const change = () => { write(); apply(); };

  for (const chip of chips) {
    chip.addEventListener('click', () => {
      const { key, value } = chip.dataset;
      const at = chosen[key].indexOf(value);
      if (at < 0) chosen[key].push(value); else chosen[key].splice(at, 1);
      change();
    });
  }
  query.addEventListener('input', () => { chosen.q = query.value.trim(); change(); });
  file.addEventListener('change', () => { chosen.file = file.value; change(); });
  only.addEventListener('change', apply);
  rule.lastChild.addEventListener('click', () => { chosen.rule = ''; change(); });
  reset.addEventListener('click', () => { chosen = plain(); query.value = ''; change(); query.focus(); });
  form.addEventListener('submit', (event) => event.preventDefault());

  // Links to a note that is filtered away show it again.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let box = target; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true;
    if (target.classList.contains('finding') && target.hidden) { chosen = plain(); if (!fits(target, '')) chosen.status = []; apply(); }
    if (target.hidden || target.closest('[hidden]')) { chosen = plain(); chosen.status = []; apply(); }
    if (target.classList.contains('finding')) target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.classList.contains('finding') ? 'nearest' : 'start' });
  };
  window.addEventListener('hashchange', () => {
    if (read()) { apply(); form.scrollIntoView({ block: 'start' }); } else reveal();
  });

  // A note and its words light up together.
  const light = (note, on) => {
    for (const mark of marks) if (mark.dataset.f.split(' ').includes(note.id.slice(1))) mark.classList.toggle('lit', on);
  };
  for (const note of notes) {
    note.addEventListener('mouseenter', () => light(note, true));
    note.addEventListener('mouseleave', () => light(note, false));
    note.addEventListener('focusin', () => light(note, true));
    note.addEventListener('focusout', () => light(note, false));
  }
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === 'Escape' && document.activeElement === query) { query.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); query.focus(); query.select(); return; }
    if (event.key !== 'n' && event.key !== 'p') return;
    const seen = notes.filter((note) => !note.hidden);
    const here = seen.indexOf(document.activeElement.closest('.finding'));
    const next = seen[event.key === 'n' ? here + 1 : Math.max(here, 1) - 1];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: 'center' }); }
  });
  let closed = [];
  window.addEventListener('beforeprint', () => {
    closed = all('.file details:not([open])').filter((box) => !box.closest('[hidden]'));
    for (const box of closed) box.open = true;
  });
  window.addEventListener('afterprint', () => { for (const box of closed) box.open = false; });

  read();
  apply();
  if (location.hash && !location.hash.includes('=')) reveal();
})();
