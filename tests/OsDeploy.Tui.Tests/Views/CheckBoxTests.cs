using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class CheckBoxTests
{
    [Fact]
    public void Space_changes_it_and_Enter_does_not()
    {
        using var stage = new Stage();
        var box = new CheckBox { Text = "_Wipe first" };
        List<CheckState> seen = [];
        box.ValueChanged += (_, e) => seen.Add(e.NewValue);
        stage.Sees(0, "[ ] Wipe first").Press(Key.Space).Sees(0, "[x] Wipe first").Press(Key.Enter).Sees(0, "[x] Wipe first")
            .Press(Key.Space).Sees(0, "[ ] Wipe first");
        stage.Show(box);
        Assert.Equal([CheckState.Checked, CheckState.UnChecked], seen);
    }

    [Fact]
    public void Its_hot_key_changes_it_with_Alt_and_without()
    {
        using var stage = new Stage();
        var box = new CheckBox { Text = "_Wipe first", Y = 1 };
        stage.Press(new Key('w')).Look(() => Assert.True(box.HasFocus)).Sees(1, "[x] Wipe first").Press(new Key('W').WithAlt).Sees(1, "[ ] Wipe first");
        stage.Show(new Button { Text = "Other" }, box);
    }

    [Fact]
    public void The_third_state_is_there_only_where_it_is_asked_for()
    {
        using var stage = new Stage();
        var box = new CheckBox { Text = "All", AllowCheckStateNone = true, Value = CheckState.None };
        stage.Sees(0, "[?] All").Press(Key.Space).Sees(0, "[x] All").Press(Key.Space).Sees(0, "[ ] All").Press(Key.Space).Sees(0, "[?] All");
        stage.Show(box);
        box.AllowCheckStateNone = false;
        box.Value = CheckState.None;
        Assert.Equal(CheckState.UnChecked, box.Value);
    }

    [Fact]
    public void A_change_can_be_refused()
    {
        using var stage = new Stage();
        var box = new CheckBox { Text = "Locked" };
        box.ValueChanging += (_, e) => e.Handled = true;
        stage.Press(Key.Space).Sees(0, "[ ] Locked").Show(box);
    }

    [Fact]
    public void One_that_cannot_be_changed_looks_so_without_colours_and_takes_no_key()
    {
        using var stage = new Stage();
        var box = new CheckBox { Text = "_Wipe first", Enabled = false };
        stage.Press(new Key('w')).Sees(0, "- - Wipe first").Show(box, new Button { Y = 1, Text = "Other" });
    }

    [Fact]
    public void The_mouse_changes_it()
    {
        using var stage = new Stage();
        stage.Terminal.Click(1, 0);
        stage.Sees(0, "[x] All").Show(new CheckBox { Text = "All" });
    }
}
