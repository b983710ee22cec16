using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class FrameViewTests
{
    [Fact]
    public void It_is_a_border_with_a_title()
    {
        using var stage = new Stage();
        var frame = new FrameView { Title = "_Disks", Width = 20, Height = 3 };
        frame.Add(new Label { Text = "/dev/sda" });
        stage.Sees(0, "┌─ Disks ──────────┐").Sees(1, "│/dev/sda          │").Sees(2, "└──────────────────┘").Show(frame);
    }

    [Fact]
    public void Its_hot_key_leads_to_the_first_field_in_it()
    {
        using var stage = new Stage();
        var frame = new FrameView { Title = "_Disks", Width = 20, Height = 4, Y = 1 };
        var inner = new CheckBox { Text = "sda" };
        frame.Add(inner);
        stage.Press(new Key('d').WithAlt).Look(() => Assert.True(inner.HasFocus)).Show(new TextField { Width = 5 }, frame);
    }

    [Fact]
    public void Around_nothing_that_takes_keys_it_takes_none()
    {
        using var stage = new Stage();
        var (first, second) = (new Button { Text = "First" }, new Button { Text = "Second", Y = 5 });
        var frame = new FrameView { Width = 20, Height = 3, Y = 1 };
        stage.Press(Key.Tab).Look(() => Assert.True(second.HasFocus)).Show(first, frame, second);
    }

    [Fact]
    public void It_is_as_large_as_what_is_in_it_where_that_is_asked_for()
    {
        using var stage = new Stage();
        var frame = new FrameView { Title = "Disks", Width = Dim.Auto(), Height = Dim.Auto() };
        frame.Add(new Label { Text = "A disk of 256 GiB" }, new Label { Text = "Empty", Y = 1 });
        stage.Sees(0, "┌─ Disks ─────────┐").Sees(3, "└─────────────────┘").Show(frame);
    }
}
