using System.Drawing;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.ViewBase;

public sealed class LayoutTests
{
    private static readonly View s_other = new() { X = 10, Y = 5, Width = 20, Height = 3 };

    public static TheoryData<string, Pos, Dim, int, int> Horizontal() => new()
    {
        { "at a column", 3, 10, 3, 10 },
        { "to the far edge", 3, Dim.Fill(), 3, 97 },
        { "to two before the far edge", 3, Dim.Fill(2), 3, 95 },
        { "a share", Pos.Percent(25), Dim.Percent(50), 25, 50 },
        { "in the middle", Pos.Center(), 10, 45, 10 },
        { "in the middle though too large", Pos.Center(), 120, 0, 120 },
        { "at the far edge", Pos.AnchorEnd(), 10, 90, 10 },
        { "before the far edge", Pos.AnchorEnd(12), 10, 88, 10 },
        { "right of another", Pos.Right(s_other) + 1, 10, 31, 10 },
        { "left of another", Pos.Left(s_other) - 2, 10, 8, 10 },
        { "as wide as another", 0, Dim.Width(s_other) + 1, 0, 21 },
        { "right of another to the edge", Pos.Right(s_other), Dim.Fill(), 30, 70 },
        { "never less than nothing", 99, Dim.Fill(5), 99, 0 },
        { "computed", Pos.Func(view => view!.Frame.Width, s_other), Dim.Func(_ => 7), 20, 7 },
        { "as its text needs", 1, Dim.Auto(), 1, 4 },
        { "at least", 1, Dim.Auto(minimumContentDim: 9), 1, 9 },
        { "at most", 1, Dim.Auto(maximumContentDim: 2), 1, 2 },
    };

    [Theory]
    [MemberData(nameof(Horizontal))]
    public void A_view_is_where_its_position_and_size_say(string what, Pos x, Dim width, int expectedX, int expectedWidth)
    {
        using var holder = new View { Width = 100, Height = 20 };
        using var view = new View { X = x, Width = width, Height = 1, Text = "日本" };
        holder.Add(view);
        holder.Add(s_other);
        holder.Layout(new Size(200, 50));
        Assert.Equal((what, expectedX, expectedWidth), (what, view.Frame.X, view.Frame.Width));
        holder.Remove(s_other);
    }

    [Fact]
    public void The_same_goes_for_rows()
    {
        using var holder = new View { Width = 100, Height = 20, BorderStyle = LineStyle.Single };
        var (top, middle, bottom) = (new View { Height = 3 }, new View { Height = Dim.Fill(2) }, new View { Height = 2, Y = Pos.AnchorEnd() });
        middle.Y = Pos.Bottom(top);
        holder.Add(middle, top, bottom);
        holder.Layout(new Size(100, 20));
        Assert.Equal((0, 3, 3, 13, 16, 2), (top.Frame.Y, top.Frame.Height, middle.Frame.Y, middle.Frame.Height, bottom.Frame.Y, bottom.Frame.Height));
    }

    [Fact]
    public void A_holder_is_as_large_as_what_it_holds_and_its_border()
    {
        using var holder = new View { Width = Dim.Auto(), Height = Dim.Auto(), BorderStyle = LineStyle.Single };
        var label = new Label { X = 2, Text = "Name:" };
        holder.Add(label, new TextField { X = Pos.Right(label) + 1, Width = 10 }, new Label { Y = 3, Text = "below", Visible = false });
        holder.Layout(new Size(80, 24));
        Assert.Equal(new Size(2 + 5 + 1 + 10 + 2, 1 + 2), holder.Frame.Size);
    }

    [Fact]
    public void A_holder_is_as_high_as_the_wrapped_text_in_it()
    {
        using var holder = new View { Width = 22, Height = Dim.Auto(), BorderStyle = LineStyle.Single };
        holder.Add(new Label { Width = Dim.Fill(), Text = "a text that takes three lines in twenty columns" });
        holder.Layout(new Size(80, 24));
        Assert.Equal(new Size(22, 5), holder.Frame.Size);
    }

    [Fact]
    public void Asking_how_large_it_must_be_leaves_no_view_laid_out_in_a_room_of_nothing()
    {
        using var holder = new View { Width = Dim.Auto(minimumContentDim: 40), Height = Dim.Auto() };
        var left = new View { Width = Dim.Percent(50), Height = 1 };
        var right = new View { X = Pos.Right(left), Width = 5, Height = 1 };
        holder.Add(right, left);
        holder.Layout(new Size(80, 24));
        Assert.Equal((20, 20), (left.Frame.Width, right.Frame.X));
    }

    [Fact]
    public void Views_that_wait_for_each_other_end_somewhere()
    {
        using var holder = new View { Width = 80, Height = 24 };
        var (one, two) = (new View { Width = 5, Height = 1 }, new View { Width = 5, Height = 1 });
        (one.X, two.X) = (Pos.Right(two), Pos.Right(one));
        holder.Add(one, two);
        holder.Layout(new Size(80, 24));
        Assert.InRange(one.Frame.X, 0, 80);
        Assert.InRange(two.Frame.X, 0, 80);
    }
}
