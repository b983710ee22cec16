using OsDeploy.Screens.Shell;
using OsDeploy.SystemImages;

namespace OsDeploy.Screens.FirstStart.Views;

/// <summary>What is there while nothing is asked.</summary>
internal sealed class FirstStartView : ScreenView
{
    private const int Columns = 74;

    private readonly Action _begin;
    private readonly Action _leave;

    public FirstStartView(Action begin, Action leave)
    {
        (_begin, _leave) = (begin, leave);
        Add(new PlainText { X = 1, Y = 1, Width = Dim.Fill(1), Height = Dim.Fill(), Text = string.Join('\n', TextLines.Wrap(Words.FirstStart.Welcome, Columns)) + Build });
    }

    private static string Build => BuildVersion.OfSystem is { } build ? "\n\n" + build : "";

    public override string Heading => Words.FirstStart.Title;

    public override string Help => Words.FirstStart.Welcome;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new ScreenAction(Key.F2, Words.FirstStart.KeyBegin, _begin),
        new ScreenAction(Key.F10, Words.FirstStart.KeyLeave, _leave),
    ];
}
