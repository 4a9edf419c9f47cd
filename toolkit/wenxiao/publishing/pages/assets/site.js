/* Filter and sort all projects of the site. Data: list/data/index.js, and one script per shard, loaded when first needed.
   Without this script the lists, their orders and pages work by plain links. The state stands in the address, after #. */
(function () {
  'use strict';
  var form = document.getElementById('filter');
  var about = window.wenxiaoLists;
  if (!form || !about) return;

  var PER_PAGE = 100;
  var FIELDS = ['words', 'year', 'department', 'grade', 'rate', 'sort'];
  var NAME = 1, UNIT = 2, DEPARTMENT = 3, DEPARTMENT_ID = 4, REGION = 5, ADJUSTED = 6, OUTTURN = 7, RATE = 8, BAND = 9,
    TOTAL = 10, GRADE = 11, GRADE_ID = 12, CORRECTIONS = 13, STEM = 0, YEAR = 14, NUMBERS = 15, TEXT = 16;
  var root = form.getAttribute('data-root');
  var fixed = document.getElementById('static');
  var found = document.getElementById('found');
  var count = document.getElementById('count');
  var first = count.textContent;
  var rows = [];
  var loading = null;
  var page = 1;
  var asked = 0;

  function field(name) { return document.getElementById('f-' + name); }

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    (children || []).forEach(function (child) {
      element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return element;
  }

  function fill(name, pairs) {
    var select = field(name);
    pairs.forEach(function (pair) { select.appendChild(make('option', { value: pair[0] }, [pair[1]])); });
    if (!pairs.length) select.parentNode.hidden = true;
  }

  fill('year', about.years.map(function (year) { return [year, year + '年度']; }));
  fill('department', about.departments);
  fill('grade', about.grades);
  fill('rate', about.bands);

  /* --- data --- */

  function number(text) {
    var value = parseFloat(text.replace(/,/g, ''));
    return isNaN(value) ? null : value;
  }

  window.wenxiaoRows = function (name, year, added) {
    added.forEach(function (row) {
      row[YEAR] = year;
      row[NUMBERS] = { amount: number(row[ADJUSTED]), rate: number(row[RATE]), total: number(row[TOTAL]) };
      row[TEXT] = [row[NAME], row[UNIT], row[DEPARTMENT], row[REGION]].join('\n').toLowerCase();
      rows.push(row);
    });
  };

  function load() {
    if (!loading) {
      loading = Promise.all(about.shards.map(function (name) {
        return new Promise(function (done, failed) {
          var script = make('script', { src: root + 'list/data/' + name + '.js' });
          script.onload = done;
          script.onerror = failed;
          document.head.appendChild(script);
        });
      }));
      loading.catch(function () { loading = null; rows = []; });
    }
    return loading;
  }

  /* --- choosing and ordering --- */

  function chosen() {
    var state = {};
    FIELDS.forEach(function (name) { state[name] = field(name).value.trim(); });
    return state;
  }

  function same(a, b) { return FIELDS.every(function (name) { return (a[name] || '') === (b[name] || ''); }); }

  function matches(state) {
    var words = state.words.toLowerCase().split(/\s+/);
    return function (row) {
      return (!state.year || String(row[YEAR]) === state.year) &&
        (!state.department || row[DEPARTMENT_ID] === state.department) &&
        (!state.grade || row[GRADE_ID] === state.grade) &&
        (!state.rate || row[BAND] === state.rate) &&
        words.every(function (word) { return row[TEXT].indexOf(word) >= 0; });
    };
  }

  function order(sort) {
    var key = sort.split('-')[0] || 'year';
    var down = sort === 'amount' || sort === 'rate-down' || sort === 'total-down' ? -1 : 1;
    return function (a, b) {
      var one = a[NUMBERS][key], two = b[NUMBERS][key];
      if (key !== 'year' && one !== two) {
        if (one === null || two === null) return one === null ? 1 : -1;
        return (one - two) * down;
      }
      return b[YEAR] - a[YEAR] || b[NUMBERS].amount - a[NUMBERS].amount || (a[STEM] < b[STEM] ? -1 : a[STEM] > b[STEM] ? 1 : 0);
    };
  }

  /* --- showing --- */

  function cell(children, kind) {
    return make('td', kind ? { role: 'cell', 'class': kind } : { role: 'cell' }, children);
  }

  function bar(width) {
    var space = 'http://www.w3.org/2000/svg';
    var svg = document.createElementNS(space, 'svg');
    var given = { 'class': 'bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' };
    Object.keys(given).forEach(function (name) { svg.setAttribute(name, given[name]); });
    var part = document.createElementNS(space, 'rect');
    part.setAttribute('width', Math.max(0, Math.min(100, width)));
    part.setAttribute('height', 10);
    svg.appendChild(part);
    return svg;
  }

  function line(row) {
    var name = make('th', { role: 'rowheader', scope: 'row' }, [
      make('a', { href: root + row[YEAR] + '/' + encodeURIComponent(row[STEM]) + '/index.html' }, [make('bdi', {}, [row[NAME]])]),
      make('span', { 'class': 'sub' }, [row[YEAR] + '年度 ', make('bdi', {}, [row[UNIT]])])
    ]);
    if (row[CORRECTIONS]) {
      name.lastChild.appendChild(document.createTextNode(' '));
      name.lastChild.appendChild(make('span', { 'class': 'tag' }, ['已更正']));
    }
    return make('tr', { role: 'row' }, [
      name,
      cell([make('bdi', {}, [row[DEPARTMENT] || '未填报'])]),
      cell([row[ADJUSTED]], 'n'), cell([row[OUTTURN]], 'n'), cell([row[RATE], bar(row[NUMBERS].rate || 0)], 'n'),
      cell([row[TOTAL] || '不计'], 'n'),
      cell([make('span', { 'class': 'grade g-' + row[GRADE_ID] }, [row[GRADE] || '不评'])])
    ]);
  }

  function table(part) {
    var head = fixed.querySelector('thead').cloneNode(true);
    Array.prototype.forEach.call(head.querySelectorAll('[aria-sort]'), function (one) { one.removeAttribute('aria-sort'); });
    var body = make('tbody', { role: 'rowgroup' }, part.map(line));
    return make('table', { 'class': 'projects', role: 'table', 'aria-label': '筛选结果' }, [head, body]);
  }

  function turn(words, to) {
    var button = make('button', { type: 'button' }, [words]);
    button.addEventListener('click', function () {
      page = to;
      remember();
      show(true);
      count.scrollIntoView();
    });
    return make('li', {}, [button]);
  }

  function pager(last) {
    if (last < 2) return document.createTextNode('');
    var items = [];
    if (page > 1) items.push(turn('上一页', page - 1));
    items.push(make('li', {}, [make('span', { 'aria-current': 'page' }, ['第 ' + page + ' 页，共 ' + last + ' 页'])]));
    if (page < last) items.push(turn('下一页', page + 1));
    return make('nav', { 'class': 'pager', 'aria-label': '筛选结果分页' }, [make('ul', {}, items)]);
  }

  function back() {
    found.hidden = true;
    found.textContent = '';
    fixed.hidden = false;
    count.textContent = first;
  }

  function show(moving) {
    var state = chosen();
    var mine = asked += 1;
    if (same(state, preset)) { if (page === 1) { back(); return; } }
    if (!rows.length || !loading) count.textContent = '正在读取全部项目……';
    load().then(function () {
      if (mine !== asked) return;
      var hits = rows.filter(matches(state)).sort(order(state.sort));
      var last = Math.max(1, Math.ceil(hits.length / PER_PAGE));
      page = Math.min(Math.max(1, page), last);
      var from = (page - 1) * PER_PAGE;
      var part = hits.slice(from, from + PER_PAGE);
      found.textContent = '';
      if (part.length) found.appendChild(table(part));
      found.appendChild(pager(last));
      found.hidden = false;
      fixed.hidden = true;
      var words = hits.length ? '找到 ' + hits.length + ' 个项目' : '没有符合条件的项目，请放宽条件';
      if (last > 1) words += '，本页第 ' + (from + 1) + '—' + (from + part.length) + ' 个';
      count.textContent = words + '。';
      if (moving) { count.setAttribute('tabindex', '-1'); count.focus(); }
    }, function () {
      if (mine !== asked) return;
      fixed.hidden = false;
      count.textContent = '数据没有读到，筛选不能用。可以用下面的链接排序和翻页。';
    });
  }

  /* --- the state in the address --- */

  /* What the static list on this page already is: filter and sort begin with that. */
  var preset = { sort: form.getAttribute('data-sort') };
  var kind = form.getAttribute('data-kind');
  if (kind !== 'all') preset[kind] = form.getAttribute('data-key');

  function put(state) {
    FIELDS.forEach(function (name) {
      var control = field(name);
      control.value = state[name] || '';
      if (control.tagName === 'SELECT' && control.selectedIndex < 0) control.value = '';
    });
  }

  /* Other marks in the address, such as #main, say nothing of the filter. */
  function read() {
    var state = {}, known = location.hash.length < 2;
    location.hash.slice(1).split('&').forEach(function (pair) {
      var at = pair.indexOf('='), name = pair.slice(0, at);
      if (at < 1 || (FIELDS.indexOf(name) < 0 && name !== 'page')) return;
      try { state[name] = decodeURIComponent(pair.slice(at + 1)); known = true; } catch (error) { /* a broken address */ }
    });
    if (!known) return;
    page = parseInt(state.page, 10) || 1;
    put(Object.keys(state).length ? state : preset);
    show(false);
  }

  function remember() {
    var state = chosen();
    var parts = FIELDS.filter(function (name) { return state[name]; }).map(function (name) {
      return name + '=' + encodeURIComponent(state[name]);
    });
    if (page > 1) parts.push('page=' + page);
    var hash = same(state, preset) && page === 1 ? '' : '#' + parts.join('&');
    history.replaceState(null, '', location.pathname + location.search + hash);
  }

  function changed() {
    page = 1;
    remember();
    show(false);
  }

  var timer = 0;
  field('words').addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(changed, 250);
  });
  form.addEventListener('change', function (event) { if (event.target !== field('words')) changed(); });
  form.addEventListener('submit', function (event) { event.preventDefault(); changed(); });
  form.addEventListener('reset', function (event) {
    event.preventDefault();
    put(preset);
    changed();
    field('words').focus();
  });
  window.addEventListener('hashchange', read);

  var orders = fixed.querySelector('.orders');
  if (orders) orders.hidden = true;
  form.hidden = false;
  put(preset);
  read();
}());
