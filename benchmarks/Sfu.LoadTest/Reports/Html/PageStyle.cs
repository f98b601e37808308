namespace Sfu.LoadTest.Reports.Html;

/// <summary>Holds no character that XML would escape.</summary>
internal static class PageStyle
{
    public const string Layout = """
        :root{color-scheme:light dark}*{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
        header,main{max-width:1200px;margin:0 auto;padding:0 24px}header{padding-top:32px}main{padding-bottom:48px}
        h1{font-size:26px;line-height:1.25;margin:0 0 4px}h2{font-size:19px;margin:36px 0 12px}h3{font-size:15px;margin:0 0 8px}p{margin:0}
        .sub{color:var(--muted);overflow-wrap:anywhere}
        .verdict{margin:20px 0;padding:12px 16px;border-radius:8px;border-left:6px solid}
        .verdict.good{background:var(--goodback);border-color:var(--good)}.verdict.bad{background:var(--badback);border-color:var(--bad)}
        .verdict strong{margin-right:6px}.good strong{color:var(--good)}.bad strong{color:var(--bad)}.verdict ul{margin:6px 0 0;padding-left:20px}
        .tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px}
        .tile,figure,.facts,.card{background:var(--surface);border:1px solid var(--line);border-radius:8px}
        .tile{padding:12px 16px}.tile .key{color:var(--muted);font-size:13px}.tile .value{font-size:24px;line-height:1.3;font-weight:600}.tile .more{color:var(--muted);font-size:13px}
        .charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px}
        figure{margin:0;padding:14px 16px}figcaption{margin-bottom:10px}.note{display:block;color:var(--muted);font-size:13px}
        svg{display:block;width:100%;height:auto}.narrow{display:none}
        .groups{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px}.facts{padding:14px 16px}
        dl{display:grid;grid-template-columns:auto 1fr;gap:3px 16px;margin:0}dt{color:var(--muted)}dd{margin:0;text-align:right;overflow-wrap:anywhere}dd.bad{color:var(--bad);font-weight:600}
        .run dl{grid-template-columns:auto 1fr}.run dd{text-align:left}
        .card{padding:6px 16px;margin-top:16px}.run .facts{height:100%}.scroll{overflow:auto;max-height:420px}table{border-collapse:collapse;width:100%}caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        th,td{padding:6px 12px 6px 0;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line);font-weight:400}thead th{color:var(--muted);font-size:13px}
        th:first-child{text-align:left}tbody tr:last-child th,tbody tr:last-child td{border-bottom:0}
        details{margin-top:10px;font-size:14px}summary{cursor:pointer;color:var(--one)}
        @media (max-width:820px){header,main{padding-left:14px;padding-right:14px}header{padding-top:20px}h1{font-size:22px}
        .tiles{grid-template-columns:repeat(2,1fr);gap:8px}.tile{padding:10px 12px}.tile .value{font-size:20px}.charts,.groups{grid-template-columns:minmax(0,1fr)}
        figure,.facts{padding:12px}th:first-child{white-space:normal;min-width:150px}.card{padding:4px 12px}}
        @media (max-width:560px){.wide{display:none}.narrow{display:block}}
        @media print{body{background:none}.scroll{max-height:none}}
        """;
}
