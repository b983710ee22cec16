namespace OsDeploy.Screens.Shell;

/// <summary>Takes the keys while work goes on in the background. Esc leaves the work.</summary>
internal sealed class WaitBox : Window
{
    private readonly CancellationTokenSource _leave;

    public WaitBox(string doing, CancellationTokenSource leave)
    {
        _leave = leave;
        Title = doing;
        SchemeName = "Dialog";
        BorderStyle = LineStyle.Double;
        X = Pos.Center();
        Y = Pos.Center();
        Width = 50;
        Height = 5;
        Visible = false;
        Add(new SpinnerView { X = 1, Y = 1, Width = 1, Height = 1, AutoSpin = true });
        Add(new Label { X = 4, Y = 1, Text = Words.Dialogue.Working });
    }

    protected override bool OnKeyDown(Key key)
    {
        if (key == Key.Esc)
        {
            _leave.Cancel();
        }

        return true;
    }
}
