using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class WizardTests
{
    private readonly TextField _name = new() { X = 8, Width = 20 };
    private readonly OptionSelector _mode = new() { X = 8, Labels = ["BIOS", "UEFI"] };

    [Fact]
    public void Every_page_says_which_of_how_many_it_is()
    {
        using var stage = new Stage();
        using var wizard = ThreePages();
        stage.Look(() => Golden.Check(stage.Terminal.Text, "wizard-first")).Type("pc-1").Press(Key.Enter)
            .Look(() => Golden.Check(stage.Terminal.Text, "wizard-second"))
            .Press(Key.CursorDown, Key.Enter).Look(() => Golden.Check(stage.Terminal.Text, "wizard-last")).Press(Key.Enter);
        Assert.Equal(1, stage.Run(wizard));
        Assert.Equal(("pc-1", 1, false), (_name.Text, _mode.Value, wizard.Canceled));
    }

    [Fact]
    public void Back_leads_back_and_is_not_there_on_the_first_page()
    {
        using var stage = new Stage();
        using var wizard = ThreePages();
        stage.Look(() => Assert.DoesNotContain("Back", stage.Terminal.Text, StringComparison.Ordinal)).Press(Key.Enter, new Key('b').WithAlt)
            .Look(() => Assert.Same(wizard.GetFirstStep(), wizard.CurrentStep)).Look(() => Assert.True(_name.HasFocus));
        Assert.Null(stage.Run(wizard));
    }

    [Fact]
    public void A_page_that_is_not_complete_is_not_left()
    {
        using var stage = new Stage();
        using var wizard = ThreePages();
        wizard.MovingNext += (_, e) => e.Cancel = _name.Text.Length == 0;
        stage.Press(Key.Enter).Look(() => Assert.Same(wizard.GetFirstStep(), wizard.CurrentStep)).Type("x").Press(Key.Enter)
            .Look(() => Assert.Same(wizard.GetPreviousStep(), wizard.GetFirstStep()));
        stage.Run(wizard);
    }

    [Fact]
    public void A_page_that_does_not_matter_is_left_out_and_not_counted()
    {
        using var stage = new Stage();
        using var wizard = ThreePages();
        stage.Look(() => wizard.GetNextStep()!.Enabled = false).Press(Key.Enter)
            .Look(() => Assert.Equal("Register - Summary (2/2)", wizard.Title)).Press(new Key('b').WithAlt)
            .Look(() => Assert.Same(wizard.GetFirstStep(), wizard.CurrentStep));
        stage.Run(wizard);
    }

    [Fact]
    public void The_last_answer_can_be_refused()
    {
        using var stage = new Stage();
        using var wizard = ThreePages();
        wizard.Accepting += (_, e) => e.Handled = true;
        stage.Press(Key.Enter, Key.Enter, Key.Enter).Look(() => Assert.True(wizard.IsRunning)).Press(Key.Esc);
        Assert.Null(stage.Run(wizard));
    }

    private Wizard ThreePages()
    {
        var wizard = new Wizard { Title = "Register" };
        var name = new WizardStep { Title = "Name", HelpText = "The name is printed on the label of the computer." };
        name.Add(new Label { X = 1, Text = "Name:" }, _name);
        var mode = new WizardStep { Title = "Boot mode" };
        mode.Add(new Label { X = 1, Text = "Mode:" }, _mode);
        var summary = new WizardStep { Title = "Summary", NextButtonText = "_Register" };
        summary.Add(new Label { X = 1, Text = "Nothing has been written yet." });
        wizard.AddStep(name);
        wizard.AddStep(mode);
        wizard.AddStep(summary);
        return wizard;
    }
}
