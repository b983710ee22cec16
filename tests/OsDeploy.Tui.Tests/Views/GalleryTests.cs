using System.Collections.ObjectModel;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

/// <summary>Every view on one screen, as each kind of terminal shows it.</summary>
public sealed class GalleryTests
{
    [Theory]
    [InlineData("xterm", 80, 24)]
    [InlineData("xterm", 100, 30)]
    [InlineData("linux", 80, 24)]
    [InlineData("vt220", 80, 24)]
    public void Every_view_looks_as_it_should(string term, int columns, int rows)
    {
        using var stage = new Stage(term switch { "linux" => TerminalProfile.Linux, "vt220" => TerminalProfile.Vt220, _ => TerminalProfile.Xterm }, columns, rows);
        stage.Press(Key.Tab).Look(() => Golden.Check(stage.Terminal.Text, $"gallery-{term}-{columns}"));
        using var window = new Window { Title = "Gallery", Height = Dim.Fill(1) };
        window.Add(Fields(), Choices(), Lists(), Signs());
        using var screen = new Runnable();
        screen.Add(
            window,
            new StatusBar([new Shortcut(Key.F2, "Deploy", () => { }), new Shortcut(Key.F8, "Delete", () => { }) { Enabled = false }, new Shortcut(Key.F10, "Quit", () => { })]));
        stage.Run(screen);
    }

    private static FrameView Fields()
    {
        var frame = new FrameView { Title = "_Fields", Width = Dim.Percent(50), Height = 8 };
        frame.Add(new Label { Text = "_Name:" }, new TextField { X = 10, Width = Dim.Fill(), Text = "pc-日本 é" });
        frame.Add(new Label { Text = "_Secret:", Y = 1 }, new TextField { X = 10, Y = 1, Width = Dim.Fill(), Text = "secret", Secret = true });
        frame.Add(new Label { Text = "_List:", Y = 2 }, new DropDownList { X = 10, Y = 2, Width = Dim.Fill(), Text = "German" });
        frame.Add(new Button { Text = "_OK", Y = 4, IsDefault = true }, new Button { Text = "_Cancel", X = 8, Y = 4 }, new Button { Text = "_Erase", X = 20, Y = 4, Enabled = false });
        return frame;
    }

    private static FrameView Choices()
    {
        var frame = new FrameView { Title = "Choices", X = Pos.Percent(50), Width = Dim.Fill(), Height = 8 };
        frame.Add(new CheckBox { Text = "_Wipe first", Value = CheckState.Checked }, new CheckBox { Text = "Fixed", X = 18, Enabled = false });
        frame.Add(new OptionSelector { Labels = ["BIOS", "UEFI"], Y = 1, Value = 1 }, new FlagSelector { Labels = ["EFI", "Data"], X = 18, Y = 1, Value = 2 });
        frame.Add(new Line { Y = 3 }, new OptionSelector { Labels = ["10", "20", "30"], Orientation = Orientation.Horizontal, Y = 4 });
        return frame;
    }

    private static FrameView Lists()
    {
        var frame = new FrameView { Title = "Lists", Y = 8, Width = Dim.Percent(50), Height = Dim.Fill() };
        var list = new ListView { Width = Dim.Fill(), Height = Dim.Fill(), ShowMarks = true, MarkMultiple = true };
        list.SetSource(new ObservableCollection<string>(Enumerable.Range(1, 30).Select(number => $"host-{number}")));
        list.MarkUnmarkSelectedItem();
        frame.Add(list);
        return frame;
    }

    private static FrameView Signs()
    {
        var frame = new FrameView { Title = "Signs", X = Pos.Percent(50), Y = 8, Width = Dim.Fill(), Height = Dim.Fill() };
        frame.Add(new ProgressBar { Width = Dim.Fill(), Fraction = 0.44f, ProgressBarFormat = ProgressBarFormat.SimplePlusPercentage });
        frame.Add(new SpinnerView { Y = 1 }, new Label { X = 2, Y = 1, Text = "imaging…" });
        frame.Add(new Label { Y = 2, Width = Dim.Fill(), Text = "! FAILED at step 3: the disk has 238 GiB, the image needs 256 GiB." });
        var tabs = new Tabs { Y = 6, Height = 3 };
        tabs.Add(new View { Title = "_Hosts", Text = "No host is known yet." }, new View { Title = "_Jobs" });
        frame.Add(tabs);
        return frame;
    }
}
