namespace Sfu.LoadTest.Reports.Charts;

/// <summary>The style sheet that page and chart files share. Holds no character that XML would escape.</summary>
internal static class ChartStyle
{
    /// <summary>Each colour has a contrast of 4.5 and more against its surface; series differ in stroke as well.</summary>
    public const string Colours = """
        :root{--page:#f5f6f8;--surface:#fff;--ink:#1a1d23;--muted:#596070;--line:#e1e4ea;--shade:#eef1f5;
        --one:#1d63c9;--two:#b4480f;--three:#6b4fa3;--fill:#7fabe8;--good:#12703a;--goodback:#e3f4e9;--bad:#b3261e;--badback:#fbe7e5}
        @media (prefers-color-scheme:dark){:root{--page:#0f1217;--surface:#171b22;--ink:#e8ebf0;--muted:#9ca5b4;--line:#2c333e;--shade:#1f252e;
        --one:#6ea8fe;--two:#f2975b;--three:#bb9df0;--fill:#3f6fb5;--good:#63d08d;--goodback:#12291c;--bad:#ff8a80;--badback:#351917}}
        """;

    public const string Marks = """
        svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--muted);font-variant-numeric:tabular-nums}
        svg .grid{stroke:var(--line)}svg .axis{stroke:var(--muted)}svg .shade{fill:var(--shade)}
        svg .surface{fill:var(--surface);stroke:var(--line)}
        svg .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        svg .one{stroke:var(--one)}svg .two{stroke:var(--two)}svg .three{stroke:var(--three);stroke-width:1.5;stroke-dasharray:1 4}
        svg .bar{fill:var(--fill)}svg .bare{fill:none;stroke:var(--muted)}
        svg .mark{stroke:var(--ink);stroke-width:1.5}svg .span{stroke:var(--fill);stroke-width:4}
        svg .dot{fill:var(--surface);stroke:var(--one);stroke-width:2.5}svg .end{fill:var(--one);stroke:var(--one);stroke-width:2.5}
        svg text.value{fill:var(--ink);paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}
        svg text.name{fill:var(--ink)}svg text.title{fill:var(--ink);font-size:16px;font-weight:600}
        svg text.of-one{fill:var(--one);font-weight:600}svg text.of-two{fill:var(--two);font-weight:600}svg text.of-three{fill:var(--three);font-weight:600}
        """;
}
