using System.Text;
using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class LabelTests
{
    [Fact]
    public void Its_hot_key_leads_to_the_view_after_it()
    {
        using var stage = new Stage();
        var (first, second) = (new TextField { X = 10, Width = 10 }, new TextField { X = 10, Y = 1, Width = 10 });
        stage.Press(new Key('m').WithAlt).Type("aa:bb").Look(() => Assert.Equal(("", "aa:bb"), (first.Text, second.Text)));
        stage.Show(new Label { Text = "_Name" }, first, new Label { Text = "_MAC", Y = 1 }, second);
    }

    [Fact]
    public void A_long_text_is_wrapped_into_the_width_it_was_given_and_pushes_down_what_is_below()
    {
        using var stage = new Stage();
        var text = new Label { Text = "This computer is not known to the appliance.", Width = 20 };
        var below = new Label { Text = "Below", Y = Pos.Bottom(text) };
        stage.Sees(0, "This computer is not").Sees(1, "known to the").Sees(2, "appliance.").Sees(3, "Below");
        stage.Show(text, below);
    }

    [Fact]
    public void A_text_in_one_row_says_that_it_was_cut()
    {
        using var stage = new Stage();
        stage.Sees(0, "host-wit~").Show(new Label { Text = "host-with-a-long-name", Width = 9, Height = 1 });
    }

    [Theory]
    [InlineData("wide and _hot", 9, 0)]
    [InlineData("first line\nand _hot", 4, 1)]
    [InlineData("a text that is wrapped and is _hot", 0, 2)]
    public void The_hot_key_stands_out_wherever_it_is(string text, int column, int row)
    {
        using var stage = new Stage();
        stage.Look(() =>
        {
            Assert.Equal('h', stage.Terminal.Line(row)[column]);
            Assert.Equal(Schemes.Colored[SchemeManager.Base].HotNormal, stage.Terminal.AttributeAt(column, row));
            Assert.Equal(Schemes.Colored[SchemeManager.Base].Normal, stage.Terminal.AttributeAt(column + 1, row));
        });
        stage.Show(new Label { Text = text, Width = 15 });
    }

    [Fact]
    public void A_name_may_keep_its_underscores()
    {
        using var stage = new Stage();
        stage.Sees(0, "pc_101").Show(new Label { HotKeySpecifier = new Rune('\uFFFF'), Text = "pc_101" });
    }
}
