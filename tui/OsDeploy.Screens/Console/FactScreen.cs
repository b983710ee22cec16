using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console;

/// <summary>A screen to read.</summary>
internal sealed class FactScreen : LiveScreen
{
    private const int Margin = 2;

    private readonly PlainText _text = new() { X = 1, Y = 1, Width = Dim.Fill(1), Height = Dim.Fill() };
    private readonly Func<Snapshot, IReadOnlyList<Fact>> _facts;
    private readonly string _below;

    public FactScreen(Workplace workplace, string heading, string help, Func<Snapshot, IReadOnlyList<Fact>> facts, string below = "")
        : base(workplace)
    {
        (Heading, Help, _facts, _below) = (heading, help, facts, below);
        Add(_text);
    }

    public override string Heading { get; }

    public override string Help { get; }

    public override void Show(Snapshot now)
    {
        var columns = Dialogs.App.Screen.Width - 2 - Margin;
        _text.Text = string.Join("\n\n", new[] { FactText.Of(_facts(now), columns), string.Join('\n', TextLines.Wrap(_below, columns)) }.Where(text => text.Length > 0));
    }
}
