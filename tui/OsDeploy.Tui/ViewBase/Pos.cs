namespace OsDeploy.Tui.ViewBase;

/// <summary>Where a view begins inside the view that holds it, in one direction.</summary>
public abstract class Pos
{
    public static implicit operator Pos(int n) => Absolute(n);

    public static Pos operator +(Pos left, Pos right) => new Sum(left, right, 1);

    public static Pos operator -(Pos left, Pos right) => new Sum(left, right, -1);

    public static Pos Absolute(int position) => new At(position);

    /// <summary>So that the view ends at the far edge.</summary>
    public static Pos AnchorEnd() => new FromEnd(null);

    /// <param name="offset">Columns or rows between the view's beginning and the far edge.</param>
    public static Pos AnchorEnd(int offset) => new FromEnd(offset);

    public static Pos Center() => new Middle();

    public static Pos Percent(int percent) => new Share(percent);

    public static Pos Left(View view) => new Beside(view, frame => frame.Left);

    public static Pos X(View view) => Left(view);

    public static Pos Right(View view) => new Beside(view, frame => frame.Right);

    public static Pos Top(View view) => new Beside(view, frame => frame.Top);

    public static Pos Y(View view) => Top(view);

    public static Pos Bottom(View view) => new Beside(view, frame => frame.Bottom);

    public static Pos Func(Func<View?, int> function, View? view = null) => new Computed(function, view);

    /// <summary>The position does not depend on how large the holder is.</summary>
    internal virtual bool IsFixed => false;

    /// <param name="room">Columns or rows of the view that holds it.</param>
    /// <param name="size">Those of the view itself.</param>
    internal abstract int Of(int room, int size);

    private sealed class At(int position) : Pos
    {
        internal override bool IsFixed => true;

        internal override int Of(int room, int size) => position;
    }

    private sealed class FromEnd(int? offset) : Pos
    {
        internal override int Of(int room, int size) => room - (offset ?? size);
    }

    private sealed class Middle : Pos
    {
        internal override int Of(int room, int size) => Math.Max((room - size) / 2, 0);
    }

    private sealed class Share(int percent) : Pos
    {
        internal override int Of(int room, int size) => room * percent / 100;
    }

    private sealed class Beside(View view, Func<System.Drawing.Rectangle, int> edge) : Pos
    {
        internal override bool IsFixed => true;

        internal override int Of(int room, int size)
        {
            view.LayoutBefore();
            return edge(view.Frame);
        }
    }

    private sealed class Computed(Func<View?, int> function, View? view) : Pos
    {
        internal override int Of(int room, int size)
        {
            view?.LayoutBefore();
            return function(view);
        }
    }

    private sealed class Sum(Pos left, Pos right, int sign) : Pos
    {
        internal override bool IsFixed => left.IsFixed && right.IsFixed;

        internal override int Of(int room, int size) => left.Of(room, size) + (sign * right.Of(room, size));
    }
}
