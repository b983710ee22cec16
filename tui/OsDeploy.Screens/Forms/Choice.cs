namespace OsDeploy.Screens.Forms;

/// <summary>One of several answers.</summary>
/// <param name="Id">What it stands for; not shown.</param>
/// <param name="Remark">What tells it from the others, beside it; empty: nothing.</param>
internal sealed record Choice(string Id, string Label, string Remark = "");
