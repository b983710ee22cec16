using OsDeploy.Screens.Forms;
using Xunit;

namespace OsDeploy.Tests.Screens.Forms;

public sealed class FormModelTests
{
    [Theory]
    [InlineData("_Name", "Name", 'n')]
    [InlineData("Fi_le name", "File name", 'l')]
    [InlineData("no key", "no key", null)]
    [InlineData("a_ b", "a_ b", null)]
    [InlineData("_Ändern", "Ändern", 'ä')]
    public void A_label_shows_its_hot_key(string label, string plain, char? key) => Assert.Equal((plain, key), (HotKey.Strip(label), HotKey.Of(label)));

    [Theory]
    [InlineData("lab_1_guest")]
    [InlineData("_guest")]
    [InlineData("-_guest_1")]
    [InlineData("__x_")]
    [InlineData("")]
    public void A_foreign_name_has_no_hot_key(string name) => Assert.Equal(name, HotKey.Strip(HotKey.Escape(name)));

    [Fact]
    public void The_first_fault_is_that_of_the_first_field_then_of_the_whole()
    {
        var first = new TextEntry("a", "A") { IsRequired = true };
        var second = new NumberEntry("b", "B", 3, 1, 5);
        var form = new FormModel("F", [first, second]) { Rule = () => second.Value == 4 ? "Not 4 today." : null };

        Assert.Equal(first, form.Check()?.Field);
        first.Value = "x";
        Assert.Null(form.Check());
        second.Text = "9";
        Assert.Equal(second, form.Check()?.Field);
        second.Text = "4";
        Assert.Equal(new FormFault(null, "Not 4 today."), form.Check());
    }

    [Fact]
    public void A_form_knows_what_was_changed()
    {
        var (name, keep, several) = (new TextEntry("a", "A", "x"), new NumberEntry("b", "B", 3, 1, 5), new MultiChoiceEntry("c", "C", () => [new Choice("1", "1")], "1"));
        var form = new FormModel("F", [name, keep, several]);
        Assert.False(form.IsChanged);
        keep.Text = "03";
        Assert.False(form.IsChanged);
        several.Values.Clear();
        Assert.True(form.IsChanged);
        several.Values.Add("1");
        name.Value = "y";
        Assert.True(form.IsChanged);
    }

    [Theory]
    [InlineData("osdeploy room delete r101", "room", "delete", "r101")]
    [InlineData("osdeploy host set pc01 --notes 'it'\\''s old; $HOME'", "host", "set", "pc01", "--notes", "it's old; $HOME")]
    [InlineData("osdeploy host set pc01 --room ''", "host", "set", "pc01", "--room", "")]
    [InlineData("osdeploy job start restore 'r1*'", "job", "start", "restore", "r1*")]
    public void A_command_line_is_quoted_for_a_shell(string expected, params string[] arguments) => Assert.Equal(expected, new CommandLine(arguments).ToString());
}
