using System.Drawing;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>Text. Its hot key is that of the view after it. Where the width is given, long lines are wrapped, if there are rows for them.</summary>
public class Label : View
{
    public Label()
    {
        Width = Dim.Auto(DimAutoStyle.Text);
        Height = Dim.Auto(DimAutoStyle.Text);
        AddCommand(Command.HotKey, ctx => RaiseHandlingHotKey(ctx) is true || HotKeyOfNext());
    }

    /// <summary>The same as <see cref="View.Title"/>.</summary>
    public override string Text
    {
        get => Title;
        set => Title = value;
    }

    private string Plain => HotKeyText.Plain(Text, HotKeySpecifier);

    private protected override Size NeededSize(DimAutoStyle style, int columns)
    {
        var lines = columns == int.MaxValue ? Plain.Split('\n') : Columns.Wrap(Plain, columns);
        return new Size(lines.Max(line => UnicodeWidth.Of(line)), lines.Count);
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var plain = Plain;
        var hot = HotKeyText.IndexIn(Text, HotKeySpecifier);
        var lines = Viewport.Height == 1 && !plain.Contains('\n', StringComparison.Ordinal)
            ? [Columns.Fit(plain, Viewport.Width)]
            : Columns.Wrap(plain, Viewport.Width);
        var begin = 0;
        for (var row = 0; row < Math.Min(lines.Count, Viewport.Height); row++)
        {
            Move(0, row);
            DrawLine(lines[row], hot - begin);
            begin = Next(plain, begin + lines[row].Length);
        }

        return true;
    }

    /// <returns>Where the next line begins: a line that was wrapped has lost the blank, or the line end, at its end.</returns>
    private static int Next(string plain, int at) => at < plain.Length && plain[at] is ' ' or '\n' ? at + 1 : at;

    private void DrawLine(string line, int hot)
    {
        SetAttributeForRole(VisualRole.Normal);
        if (hot < 0 || hot >= line.Length)
        {
            AddText(line);
            return;
        }

        AddText(line.AsSpan(0, hot));
        SetAttributeForRole(VisualRole.HotNormal);
        AddText(line.AsSpan(hot, 1));
        SetAttributeForRole(VisualRole.Normal);
        AddText(line.AsSpan(hot + 1));
    }

    private bool HotKeyOfNext()
    {
        var next = SuperView?.SubViews.SkipWhile(view => view != this).Skip(1).FirstOrDefault();
        return next is { Visible: true, Enabled: true } && next.InvokeCommand(Command.HotKey) is true;
    }
}
