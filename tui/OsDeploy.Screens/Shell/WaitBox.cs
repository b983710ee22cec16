namespace OsDeploy.Screens.Shell;

/// <summary>Takes the keys while work goes on in the background. Esc leaves the work.</summary>
internal sealed class WaitBox : Window
{
    private const int Columns = 60;

    private readonly CancellationTokenSource _leave;
    private readonly PlainText _step = new() { X = 4, Y = 1, Width = Dim.Fill(1), Height = 1, Text = Words.Dialogue.Working };

    public WaitBox(string doing, CancellationTokenSource leave)
    {
        _leave = leave;
        Title = doing;
        SchemeName = "Dialog";
        BorderStyle = LineStyle.Double;
        X = Pos.Center();
        Y = Pos.Center();
        Width = Columns;
        Height = 5;
        Visible = false;
        Add(new SpinnerView { X = 1, Y = 1, Width = 1, Height = 1, AutoSpin = true });
        Add(_step);
    }

    /// <param name="step">What is done just now; null: that something is.</param>
    public void Show(string? step)
    {
        if (step is { Length: > 0 } && _step.Text != step)
        {
            _step.Text = step;
        }
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
