/* Tables that sort: a press on a head sorts by that column, largest number or first word first; a second press turns
   the order round; a third gives the order of the document back. Without script the tables stand as they are. */
(function () {
  'use strict';
  var collator = new Intl.Collator('zh-CN', { numeric: true });

  function number(words) {
    var plain = words.replace(/[,\s]/g, '').replace('−', '-');
    var found = /^[+-]?\d+(\.\d+)?/.exec(plain);
    return found ? parseFloat(found[0]) : NaN;
  }

  function key(row, column) {
    var words = row.cells[column] ? row.cells[column].textContent.trim() : '';
    return { row: row, words: words, number: number(words), empty: words === '' || words === '—' };
  }

  function sorted(rows, column, way) {
    var keys = rows.map(function (row) { return key(row, column); });
    var numeric = keys.every(function (one) { return one.empty || !isNaN(one.number); });
    return keys.sort(function (a, b) {
      if (a.empty || b.empty) { return a.empty - b.empty; }  // what is not stated stands last both ways
      return way * (numeric ? b.number - a.number : collator.compare(a.words, b.words));
    }).map(function (one) { return one.row; });
  }

  function prepare(table) {
    var body = table.tBodies[0];
    var heads = Array.prototype.slice.call(table.tHead.rows[table.tHead.rows.length - 1].cells);
    var all = Array.prototype.slice.call(body.rows);
    var sums = all.filter(function (row) { return row.querySelector('.k-sum'); });
    var rows = all.filter(function (row) { return sums.indexOf(row) < 0; });
    heads.forEach(function (head, column) {
      var button = document.createElement('button');
      button.type = 'button';
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener('click', function () {
        var was = head.getAttribute('aria-sort');
        var first = sorted(rows, column, 1);
        heads.forEach(function (one) { one.removeAttribute('aria-sort'); });
        var now = was === null ? first : was === head.getAttribute('data-first') ? sorted(rows, column, -1) : rows;
        if (now !== rows) {
          var numeric = !isNaN(key(first[0], column).number);
          var down = (was === null) === numeric;  // numbers begin with the largest
          if (was === null) { head.setAttribute('data-first', down ? 'descending' : 'ascending'); }
          head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        }
        now.concat(sums).forEach(function (row) { body.appendChild(row); });
      });
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll('table.sorts'), prepare);
})();
