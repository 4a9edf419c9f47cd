// 问效 in JupyterLab: cards in the launcher, items of menus, and the faults of a params file while it is typed.
//
// Written as it is loaded: no build step and no dependency of its own. JupyterLab loads an extension as a "federated
// module": an object with `init(shared)`, which hands over the modules JupyterLab shares, and `get(name)`.
"use strict";

(() => {
  let shared;
  const container = {
    init(scope) {
      shared = scope;
    },
    async get(name) {
      if (name !== "./extension") {
        throw new Error(`wenxiao has no module ${name}`);
      }
      const plugins = await extension();
      return () => ({ __esModule: true, default: plugins });
    },
  };
  (window._JUPYTERLAB ??= {}).wenxiao = container;

  // One of JupyterLab's own modules: it shares one version of each.
  async function module(name) {
    const versions = Object.values(shared[name] ?? {});
    const one = versions.find((version) => version.loaded) ?? versions[0];
    if (!one) {
      throw new Error(`JupyterLab does not share ${name}`);
    }
    return (await one.get())();
  }

  const WORDS = {
    self_evaluation: ["项目绩效自评", "Project self-evaluation"],
    self_evaluation_caption: [
      "在自评模板的副本里编辑和试算，模板本身不变",
      "Edit and try out in a copy of the template, which stays as it is",
    ],
    portfolio: ["项目组合分析", "Portfolio analysis"],
    portfolio_caption: [
      "分析 reports 里的全部项目：等级、执行率、部门、问题",
      "Analyse all projects of reports: grades, execution, departments, findings",
    ],
    open_with: ["用问效打开", "Open with Wenxiao"],
    open_with_caption: [
      "在自评模板的副本里打开这个项目",
      "Open this project in a copy of the template",
    ],
    html: ["问效网页（公开页面）", "Wenxiao page (HTML)"],
    pdf: ["问效 PDF（公文格式）", "Wenxiao PDF (official document)"],
    failed: ["问效打不开", "Wenxiao can't open it"],
    nothing: ["核对：没有发现问题", "Checked: nothing found"],
    unreachable: ["核对不了：连不上服务器", "Can't check: the server does not answer"],
    list: ["核对结果", "What the check found"],
    problem: ["需修改", "to be corrected"],
    error: ["错误", "error"],
    warning: ["警告", "warning"],
    note: ["提示", "note"],
  };

  // The pictures of the cards, in the size of kernels' own, and one icon in the theme's colours.
  const picture = (inside) =>
    "data:image/svg+xml," +
    encodeURIComponent(
      '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">' +
        `<rect width="56" height="56" x="4" y="4" fill="#1f5a99" rx="8"/>${inside}</svg>`,
    );
  const PICTURES = {
    self_evaluation: picture(
      '<path fill="#fff" d="M18 12h20l10 10v30H18z"/><path fill="#9db8d6" d="M38 12v10h10z"/>' +
        '<path fill="none" stroke="#1f5a99" stroke-width="3" d="M24 28h18M24 35h8M25 44l4 4 12-11"/>',
    ),
    portfolio: picture('<path fill="#fff" d="M15 35h8v14h-8zM28 16h8v33h-8zM41 26h8v23h-8z"/>'),
  };
  const ICON =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" ' +
    'd="M5 2h10l5 5v15H5zm2 2v16h11V8.5h-4.5V4zm2 7h7v1.6H9zm0 3h3v1.6H9zm2.6 3.3 1.1-1.1 1.5 1.5 3.2-3.3 1.1 1.1-4.3 4.4z"/></svg>';

  async function extension() {
    const names = [
      "@codemirror/state", "@codemirror/view", "@jupyterlab/apputils", "@jupyterlab/coreutils", "@jupyterlab/filebrowser",
      "@jupyterlab/fileeditor", "@jupyterlab/launcher", "@jupyterlab/mainmenu", "@jupyterlab/notebook",
      "@jupyterlab/services", "@jupyterlab/translation", "@jupyterlab/ui-components",
    ]; // prettier-ignore
    const [state, view, apputils, coreutils, filebrowser, fileeditor, launcher, mainmenu, notebook, services, translation, ui] =
      await Promise.all(names.map(module));

    let language = "en";
    const say = (key) => WORDS[key][language === "zh" ? 0 : 1];
    const speak = (translator) => {
      language = /^zh/i.test(translator?.languageCode ?? "") ? "zh" : "en";
    };

    async function ask(route, body) {
      const settings = services.ServerConnection.makeSettings();
      const address = coreutils.URLExt.join(settings.baseUrl, "wenxiao", route);
      const request = { method: "POST", body: JSON.stringify({ ...body, language }) };
      const answer = await services.ServerConnection.makeRequest(address, request, settings);
      const given = await answer.json();
      if (!answer.ok) {
        throw new Error(given.message);
      }
      return given;
    }

    const notebooks = {
      id: "wenxiao:notebooks",
      description: "Opens working copies of the template and of the portfolio notebook.",
      autoStart: true,
      requires: [translation.ITranslator],
      optional: [launcher.ILauncher, apputils.ICommandPalette, filebrowser.IFileBrowserFactory],
      activate(app, translator, cards, palette, browsers) {
        speak(translator);
        const at = coreutils.PageConfig.getOption("fullLabextensionsUrl");
        const href = coreutils.URLExt.join(at, "wenxiao", "static", "report.css");
        document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
        const open = async (asked) => {
          try {
            const { path } = await ask("copies", asked);
            return await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
          } catch (error) {
            await apputils.showErrorMessage(say("failed"), error.message);
          }
        };
        ["self_evaluation", "portfolio"].forEach((kind, rank) => {
          const command = `wenxiao:${kind.replace("_", "-")}`;
          app.commands.addCommand(command, {
            label: say(kind),
            caption: say(`${kind}_caption`),
            icon: ui.notebookIcon,
            execute: (args) => open({ kind, folder: args.cwd ?? "" }),
          });
          // In the first section, before its kernels: a section of our own would stand below the fold.
          const category = translator.load("jupyterlab").__("Notebook");
          cards?.add({ command, category, rank: rank - 2, kernelIconUrl: PICTURES[kind] });
          palette?.addItem({ command, category: "问效 Wenxiao" });
        });
        if (browsers) {
          const chosen = () => [...(browsers.tracker.currentWidget?.selectedItems() ?? [])];
          const isParams = (item) => item.type !== "directory" && /\.yaml$/i.test(item.name);
          app.commands.addCommand("wenxiao:open-with", {
            label: say("open_with"),
            caption: say("open_with_caption"),
            icon: new ui.LabIcon({ name: "wenxiao:open-with", svgstr: ICON }),
            isVisible: () => chosen().some(isParams),
            execute: async () => {
              for (const item of chosen().filter(isParams)) {
                await open({ kind: "self_evaluation", params: item.path });
              }
            },
          });
          const selector = '.jp-DirListing-item[data-isdir="false"]';
          app.contextMenu.addItem({ command: "wenxiao:open-with", selector, rank: 0 });
        }
      },
    };

    const exports_ = {
      id: "wenxiao:exports",
      description: "Names Wenxiao's formats under Save and Export Notebook As, and puts them first.",
      autoStart: true,
      requires: [translation.ITranslator, mainmenu.IMainMenu, notebook.INotebookTracker],
      activate(app, translator, menus, tracker) {
        speak(translator);
        const submenu = () =>
          menus.fileMenu.items.find((item) => item.submenu?.id === "jp-mainmenu-file-notebookexport")?.submenu;
        const rename = () => {
          const menu = submenu();
          const ours = menu?.items.filter((item) => /^wenxiao-/.test(item.args.format)) ?? [];
          for (const [index, format] of ["html", "pdf"].entries()) {
            const item = ours.find((one) => one.args.format === `wenxiao-${format}`);
            if (item) {
              menu.removeItem(item);
              menu.insertItem(index, { command: item.command, args: { ...item.args, label: say(format) } });
            }
          }
          return ours.length > 0;
        };
        // JupyterLab fills this menu some time after the first notebook was opened, and tells nobody.
        const first = async () => {
          tracker.widgetAdded.disconnect(first);
          for (let tries = 0; tries < 40 && !rename(); tries++) {
            await new Promise((done) => setTimeout(done, 250));
          }
        };
        tracker.widgetAdded.connect(first);
      },
    };

    const checking = {
      id: "wenxiao:checking",
      description: "Marks the faults of params files in the text editor, as wenxiao check finds them.",
      autoStart: true,
      requires: [translation.ITranslator, fileeditor.IEditorTracker],
      activate(app, translator, tracker) {
        speak(translator);
        const watch = async (_, widget) => {
          const { context } = widget;
          await context.ready;
          const wanted = () =>
            /\.ya?ml$/i.test(context.path) && /^schema:\s*["']?wenxiao\/1\b/m.test(context.model.sharedModel.getSource());
          const check = (text) => ask("marks", { text, path: context.localPath });
          widget.content.editor.injectExtension(marking(state, view, say, wanted, check));
        };
        tracker.forEach((widget) => watch(tracker, widget));
        tracker.widgetAdded.connect(watch);
      },
    };

    const panels = {
      id: "wenxiao:panels",
      description: "Names the sliders of the what-if panel for screen readers; ipywidgets leaves them without a name.",
      autoStart: true,
      activate() {
        // The style sheet lets a slider's handle begin an animation when it comes into the page.
        document.addEventListener("animationstart", ({ animationName, target }) => {
          if (animationName === "wx-slider") {
            tellSlider(target);
          }
        });
      },
    };

    return [notebooks, exports_, checking, panels];
  }

  // A handle's name is the slider's; its value is the fact's, not the place on the scale.
  function tellSlider(handle) {
    const slider = handle.closest(".widget-slider");
    const value = slider.querySelector(".widget-readout");
    const tell = () => {
      if (handle.ariaValueText !== value.textContent) {
        handle.ariaValueText = value.textContent;
      }
    };
    handle.ariaLabel = slider.querySelector(".widget-label").textContent;
    new MutationObserver(tell).observe(handle, { attributeFilter: ["aria-valuetext"] });
    tell();
  }

  // An editor's extension: waved underlines, what is wrong on pointing at one, and a list below the text.
  function marking(state, view, say, wanted, check) {
    const { EditorView } = view;
    const set = state.StateEffect.define();

    const place = (doc, mark) => {
      if (!mark.line) {
        return { from: 0, to: 0 };
      }
      const line = doc.line(Math.min(mark.line, doc.lines));
      // Python counts characters, the editor UTF-16 units.
      const at = (column) => line.from + [...line.text].slice(0, Math.max(column - 1, 0)).join("").length;
      const [from, to] = [at(mark.column), at(mark.end)];
      return to > from ? { from, to } : { from: line.from, to: line.to };
    };

    const underline = (doc, marks) =>
      view.Decoration.set(
        marks
          .map((mark) => ({ ...place(doc, mark), mark }))
          .filter(({ from, to }) => to > from)
          .map(({ from, to, mark }) => view.Decoration.mark({ class: `wx-mark wx-mark-${mark.severity}` }).range(from, to)),
        true,
      );

    const field = state.StateField.define({
      create: () => ({ marks: null, failed: false, lines: view.Decoration.none }),
      update(value, transaction) {
        if (transaction.docChanged) {
          value = { ...value, lines: value.lines.map(transaction.changes) };
        }
        for (const effect of transaction.effects) {
          if (effect.is(set)) {
            const { marks, failed } = effect.value;
            value = { marks, failed, lines: marks ? underline(transaction.state.doc, marks) : view.Decoration.none };
          }
        }
        return value;
      },
      provide: (own) => [
        EditorView.decorations.from(own, (value) => value.lines),
        view.showPanel.from(own, (value) => (value.marks || value.failed ? panel : null)),
      ],
    });

    const said = (mark) => `${say(mark.severity)}${mark.code ? ` ${mark.code}` : ""}`;

    function element(name, properties, ...children) {
      const made = Object.assign(document.createElement(name), properties);
      made.append(...children);
      return made;
    }

    function panel(editor) {
      const dom = element("section", { className: "wx-marks", ariaLabel: say("list") });
      const status = element("p", { className: "wx-marks-none", role: "status" });
      const show = ({ marks, failed }) => {
        const none = failed ? say("unreachable") : marks.length ? "" : say("nothing");
        const rows = (marks ?? []).map((mark) => {
          const go = element(
            "button",
            { type: "button", className: `wx-marks-row wx-marks-${mark.severity}` },
            element("span", { className: "wx-marks-place" }, mark.line ? `${mark.line}:${mark.column}` : ""),
            element("span", { className: "wx-marks-kind" }, said(mark)),
            element("span", { className: "wx-marks-text" }, `${mark.wrong} ${mark.instead}`),
          );
          go.onclick = () => {
            const { from } = place(editor.state.doc, mark);
            editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
            editor.focus();
          };
          return element("li", {}, go);
        });
        status.textContent = none;
        dom.replaceChildren(status, ...(rows.length ? [element("ol", {}, ...rows)] : []));
      };
      show(editor.state.field(field));
      return {
        dom,
        update: ({ state: now, startState: before }) => {
          if (now.field(field).marks !== before.field(field).marks || now.field(field).failed !== before.field(field).failed) {
            show(now.field(field));
          }
        },
      };
    }

    const hover = view.hoverTooltip((editor, position) => {
      const { marks } = editor.state.field(field);
      const here = (marks ?? []).filter((mark) => {
        const { from, to } = place(editor.state.doc, mark);
        return from <= position && position <= to;
      });
      if (!here.length) {
        return null;
      }
      const rows = here.map((mark) => element("p", {}, element("b", {}, said(mark)), ` ${mark.wrong} ${mark.instead}`));
      return { ...place(editor.state.doc, here[0]), pos: position, above: true, create: () => ({ dom: element("div", { className: "wx-tip" }, ...rows) }) };
    });

    const checker = view.ViewPlugin.define((editor) => {
      let timer;
      let latest = 0;
      const later = (pause) => {
        clearTimeout(timer);
        timer = setTimeout(now, pause);
      };
      const now = async () => {
        const mine = ++latest;
        let value = { marks: null, failed: false };
        if (wanted()) {
          try {
            value.marks = (await check(editor.state.doc.toString())).marks;
          } catch {
            value.failed = true;
          }
        }
        if (mine === latest) {
          editor.dispatch({ effects: set.of(value) });
        }
      };
      later(0);
      return {
        update: (change) => change.docChanged && later(400),
        destroy: () => {
          latest = -1;
          clearTimeout(timer);
        },
      };
    });

    const wave = (colour) => ({ textDecoration: `underline wavy ${colour} 1px`, textUnderlineOffset: "3px" });
    const colours = {
      problem: "var(--jp-error-color1, #d32f2f)",
      error: "var(--jp-error-color1, #d32f2f)",
      warning: "var(--jp-warn-color1, #f57c00)",
      note: "var(--jp-info-color1, #0288d1)",
    };
    const theme = EditorView.baseTheme({
      ...Object.fromEntries(Object.entries(colours).map(([name, colour]) => [`.wx-mark-${name}`, wave(colour)])),
      ...Object.fromEntries(Object.entries(colours).map(([name, colour]) => [`.wx-marks-${name} .wx-marks-kind`, { borderInlineStart: `3px solid ${colour}` }])),
      ".wx-marks": {
        maxHeight: "11em", overflow: "auto", padding: "4px 8px", background: "var(--jp-layout-color1)", color: "var(--jp-ui-font-color1)",
        borderTop: "1px solid var(--jp-border-color1)", fontFamily: "var(--jp-ui-font-family)", fontSize: "var(--jp-ui-font-size1)", lineHeight: "1.5",
      },
      ".wx-marks p, .wx-marks ol": { margin: 0, padding: 0, listStyle: "none" },
      ".wx-marks-row": {
        display: "grid", gridTemplateColumns: "4.5em 7em 1fr", gap: "8px", width: "100%", padding: "2px 4px", border: 0, background: "none", color: "inherit", font: "inherit",
        textAlign: "start", cursor: "pointer",
      },
      ".wx-marks-row:hover, .wx-marks-row:focus-visible": { background: "var(--jp-layout-color2)" },
      ".wx-marks-place": { color: "var(--jp-ui-font-color2)", fontVariantNumeric: "tabular-nums" },
      ".wx-marks-kind": { paddingInlineStart: "6px" },
      ".wx-tip": {
        maxWidth: "42em", padding: "6px 10px", background: "var(--jp-layout-color1)", color: "var(--jp-ui-font-color1)", border: "1px solid var(--jp-border-color1)",
        fontFamily: "var(--jp-ui-font-family)", fontSize: "var(--jp-ui-font-size1)", lineHeight: "1.5",
      },
      ".wx-tip p": { margin: 0 },
    }); // prettier-ignore

    return [field, hover, checker, theme];
  }
})();
