namespace OsDeploy.Tui.ViewBase;

/// <summary>How large a view is in one direction.</summary>
public abstract class Dim
{
    public static implicit operator Dim(int n) => Absolute(n);

    public static Dim operator +(Dim left, Dim right) => new Sum(left, right, 1);

    public static Dim operator -(Dim left, Dim right) => new Sum(left, right, -1);

    public static Dim Absolute(int size) => new Fixed(size);

    /// <summary>To the far edge.</summary>
    public static Dim Fill() => Fill(0);

    /// <param name="margin">What stays free at the far edge.</param>
    public static Dim Fill(Dim margin) => new Rest(margin);

    public static Dim Percent(int percent) => new Share(percent);

    /// <summary>As its text, or what it holds, needs.</summary>
    public static Dim Auto(DimAutoStyle style = DimAutoStyle.Auto, Dim? minimumContentDim = null, Dim? maximumContentDim = null) =>
        new Needed(style, minimumContentDim, maximumContentDim);

    public static Dim Width(View view) => new Like(view, frame => frame.Width);

    public static Dim Height(View view) => new Like(view, frame => frame.Height);

    public static Dim Func(Func<View?, int> function, View? view = null) => new Computed(function, view);

    /// <summary>The size does not depend on how large the holder is.</summary>
    internal virtual bool IsFixed => false;

    /// <param name="room">Columns or rows of the view that holds it.</param>
    /// <param name="position">Where the view begins; 0 while that is not known.</param>
    /// <param name="needed">What its content needs, border included.</param>
    internal abstract int Of(int room, int position, Func<DimAutoStyle, int> needed);

    private sealed class Fixed(int size) : Dim
    {
        internal override bool IsFixed => true;

        internal override int Of(int room, int position, Func<DimAutoStyle, int> needed) => size;
    }

    private sealed class Rest(Dim margin) : Dim
    {
        internal override int Of(int room, int position, Func<DimAutoStyle, int> needed) =>
            Math.Max(room - position - margin.Of(room, position, needed), 0);
    }

    private sealed class Share(int percent) : Dim
    {
        internal override int Of(int room, int position, Func<DimAutoStyle, int> needed) => room * percent / 100;
    }

    private sealed class Needed(DimAutoStyle style, Dim? least, Dim? most) : Dim
    {
        internal override bool IsFixed => true;

        internal override int Of(int room, int position, Func<DimAutoStyle, int> needed)
        {
            var size = Math.Max(needed(style), least?.Of(room, position, needed) ?? 0);
            return Math.Min(size, most?.Of(room, position, needed) ?? int.MaxValue);
        }
    }

    private sealed class Like(View view, Func<System.Drawing.Rectangle, int> size) : Dim
    {
        internal override bool IsFixed => true;

        internal override int Of(int room, int position, Func<DimAutoStyle, int> needed)
        {
            view.LayoutBefore();
            return size(view.Frame);
        }
    }

    private sealed class Computed(Func<View?, int> function, View? view) : Dim
    {
        internal override int Of(int room, int position, Func<DimAutoStyle, int> needed)
        {
            view?.LayoutBefore();
            return function(view);
        }
    }

    private sealed class Sum(Dim left, Dim right, int sign) : Dim
    {
        internal override bool IsFixed => left.IsFixed && right.IsFixed;

        internal override int Of(int room, int position, Func<DimAutoStyle, int> needed) =>
            Math.Max(left.Of(room, position, needed) + (sign * right.Of(room, position, needed)), 0);
    }
}
