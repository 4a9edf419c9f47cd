/* Full-text search over the index that Pagefind made. The page says what to do where this script can't run. */
(function () {
  'use strict';
  var form = document.getElementById('search');
  var words = document.getElementById('s-words');
  var count = document.getElementById('count');
  var closed = document.getElementById('closed');
  var found = document.getElementById('found');
  var more = document.getElementById('more');
  var home = new URL('../pagefind/', document.currentScript.src).pathname;
  var AT_ONCE = 20, LENGTH = 40;
  var engine = null, hits = [], shown = 0, asked = 0;
  if (!form || location.protocol === 'file:') return;

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    (children || []).forEach(function (child) {
      element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return element;
  }

  /* An excerpt is HTML with <mark>; only its text and its marks are taken over. */
  function excerpt(source) {
    var paragraph = make('p');
    var parsed = new DOMParser().parseFromString(source, 'text/html').body;
    (function copy(node, into) {
      Array.prototype.forEach.call(node.childNodes, function (child) {
        if (child.nodeType === 3) into.appendChild(document.createTextNode(child.nodeValue));
        else if (child.nodeName === 'MARK') into.appendChild(make('mark', {}, [child.textContent]));
        else if (child.nodeType === 1) copy(child, into);
      });
    }(parsed, paragraph));
    return paragraph;
  }

  /* Names stand in the index character by character too; an excerpt from there says nothing to a reader. */
  function item(data) {
    var about = [data.meta.department, data.meta.region].filter(Boolean).join('，');
    var spaced = /(?:[\u2e80-\uffef] ){4}/.test(data.excerpt.replace(/<\/?mark>/g, ''));
    return make('li', {}, [
      make('a', { href: data.url }, [make('bdi', {}, [data.meta.title || data.url])]),
      make('span', { 'class': 'sub' }, [(data.meta.year || '') + ' ', make('bdi', {}, [data.meta.unit || ''])]),
      spaced ? make('p', {}, [make('bdi', {}, [about])]) : excerpt(data.excerpt)
    ]);
  }

  function next(moving) {
    var mine = asked, from = shown, part = hits.slice(from, from + AT_ONCE);
    return Promise.all(part.map(function (hit) { return hit.result.data(); })).then(function (all) {
      if (mine !== asked) return;
      all.forEach(function (data, i) { found.appendChild(item(data)); });
      shown = from + all.length;
      more.hidden = shown >= hits.length;
      found.hidden = !shown;
      if (moving && found.children[from]) found.children[from].querySelector('a').focus();
    });
  }

  /* One word: reports that hold it as it is, in a name or in their text, and those that hold parts of it. */
  function one(word) {
    var spaced = word.replace(/[\u2e80-\ud7ff\uf900-\uffef]|[\ud800-\udbff][\udc00-\udfff]/g, ' $& ').trim().replace(/\s+/g, ' ');
    return Promise.all(['"' + spaced + '"', '"' + word + '"', word].map(function (asked) { return engine.search(asked); }))
      .then(function (found) {
        var list = [], known = {};
        found.forEach(function (part, i) {
          part.results.forEach(function (result) {
            if (!known[result.id]) list.push({ id: result.id, result: result, whole: i < 2 });
            known[result.id] = true;
          });
        });
        return list;
      });
  }

  /* Reports found by every word; those that hold every word as it is come first. */
  function every(lists) {
    var all = lists[0].map(function (hit) {
      var same = lists.map(function (list) { return list.filter(function (other) { return other.id === hit.id; })[0]; });
      var whole = same.every(function (other) { return other && other.whole; });
      return same.every(Boolean) ? { result: hit.result, whole: whole } : null;
    }).filter(Boolean);
    return all.filter(function (hit) { return hit.whole; }).concat(all.filter(function (hit) { return !hit.whole; }));
  }

  function told(all) {
    var whole = all.filter(function (hit) { return hit.whole; }).length, part = all.length - whole;
    if (whole) return '找到 ' + whole + ' 份报告' + (part ? '，另有 ' + part + ' 份部分相符' : '') + '。';
    return part ? '没有找到完全相符的报告，下面 ' + part + ' 份部分相符。' : '没有找到。换一个词，或者少写几个词。';
  }

  function run() {
    var text = words.value.replace(/["“”]/g, ' ').trim();
    var mine = asked += 1;
    history.replaceState(null, '', location.pathname + (text ? '#q=' + encodeURIComponent(text) : ''));
    if (!text) { finish([], ''); return; }
    count.textContent = '正在搜索……';
    Promise.all(text.split(/\s+/).map(one)).then(function (lists) {
      if (mine !== asked) return;
      var all = every(lists);
      finish(all, told(all));
    }).catch(fail);
  }

  function finish(results, said) {
    hits = results;
    shown = 0;
    found.textContent = '';
    found.hidden = true;
    more.hidden = true;
    count.textContent = said;
    next(false);
  }

  function fail() {
    form.hidden = true;
    found.hidden = true;
    more.hidden = true;
    closed.hidden = false;
    count.textContent = '搜索索引没有读到。';
  }

  function read() {
    var given = /^#q=(.*)$/.exec(location.hash);
    try { if (given) words.value = decodeURIComponent(given[1]); } catch (error) { /* a broken address */ }
  }

  /* The index of a large site is in parts; what one finds is numbered with its language tag, see dividing.py. */
  function merged() {
    var numbers = [];
    for (var n = 1; n < Number(form.getAttribute('data-parts')); n += 1) numbers.push(n);
    return Promise.all(numbers.map(function (number) {
      return engine.mergeIndex(home + number + '/', { language: 'zh-x-' + number, excerptLength: LENGTH });
    }));
  }

  import('../pagefind/pagefind.js').then(function (loaded) {
    engine = loaded;
    return Promise.resolve(engine.options({ excerptLength: LENGTH })).then(function () { return engine.init(); });
  }).then(merged).then(function () {
    closed.hidden = true;
    form.hidden = false;
    form.addEventListener('submit', function (event) { event.preventDefault(); run(); });
    more.addEventListener('click', function () { next(true); });
    read();
    run();
  }).catch(fail);
}());
