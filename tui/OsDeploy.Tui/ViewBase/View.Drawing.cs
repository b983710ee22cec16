using System.Drawing;
using System.Text;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Text;
using Attribute = OsDeploy.Tui.Drawing.Attribute;

namespace OsDeploy.Tui.ViewBase;

public partial class View
{
    private string? _schemeName;
    private Attribute _attribute;
    private Point _pen;
    private Point _origin;
    private Rectangle _clip;

    /// <summary>Null: that of the view that holds it.</summary>
    public string? SchemeName
    {
        get => _schemeName;
        set
        {
            _schemeName = value;
            SetNeedsDraw();
        }
    }

    public Scheme GetScheme()
    {
        var named = this;
        while (named._schemeName is null && named.SuperView is { } holder)
        {
            named = holder;
        }

        var name = named._schemeName ?? SchemeManager.Base;
        return (App as Application)?.SchemeOf(name) ?? SchemeManager.GetScheme(name);
    }

    public Attribute GetAttributeForRole(VisualRole role) =>
        GetScheme().GetAttributeForRole(Enabled || role == VisualRole.Disabled ? role : VisualRole.Disabled);

    public void SetAttribute(Attribute attribute) => _attribute = attribute;

    public void SetAttributeForRole(VisualRole role) => _attribute = GetAttributeForRole(role);

    /// <summary>The next text goes there, in columns and rows of the viewport.</summary>
    public void Move(int col, int row) => _pen = new Point(col, row);

    public void AddRune(Rune rune)
    {
        if (Target is { } target)
        {
            _pen.X += target.Put(_origin.X + _pen.X, _origin.Y + _pen.Y, rune, _attribute, _clip);
        }
    }

    public void AddStr(string str) => AddText(str);

    /// <summary>What <see cref="Application"/> calls for each frame.</summary>
    /// <param name="clip">Of the screen: nothing is drawn outside.</param>
    internal void Draw(FrameBuffer target, Rectangle clip)
    {
        if (!Visible)
        {
            return;
        }

        var corner = ScreenOrigin();
        var outer = Rectangle.Intersect(clip, new Rectangle(corner, Frame.Size));
        if (outer.IsEmpty)
        {
            return;
        }

        Target = target;
        (_origin, _clip) = (corner, outer);
        DrawFrame();
        _origin = new Point(corner.X + Edge, corner.Y + Edge);
        _clip = Rectangle.Intersect(outer, new Rectangle(_origin, Viewport.Size));
        SetAttributeForRole(VisualRole.Normal);
        OnDrawingContent(null);
        foreach (var view in _subViews.ToArray())
        {
            view.Draw(target, _clip);
        }

        Target = null;
    }

    /// <summary>Puts the terminal's cursor there: people who see little, and braille lines, follow it.</summary>
    /// <returns>Null: the view has no place for it.</returns>
    internal Point? CursorOnScreen()
    {
        if (PositionCursor() is not { } cursor)
        {
            return null;
        }

        var corner = ScreenOrigin();
        cursor.Offset(corner.X + Edge, corner.Y + Edge);
        return IsOnScreen(cursor) ? cursor : null;
    }

    // What is scrolled away inside one of its holders is not to be seen.
    private bool IsOnScreen(Point place)
    {
        for (var holder = SuperView; holder is not null; holder = holder.SuperView)
        {
            var corner = holder.ScreenOrigin();
            if (!new Rectangle(new Point(corner.X + holder.Edge, corner.Y + holder.Edge), holder.Viewport.Size).Contains(place))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the cursor belongs while the view has the focus, in columns and rows of the viewport.</summary>
    private protected virtual Point? PositionCursor() => Point.Empty;

    /// <returns>True: there is nothing more to draw.</returns>
    protected virtual bool OnDrawingContent(DrawContext? context)
    {
        if (Text.Length > 0)
        {
            DrawLines(Text.Split('\n'));
        }

        return true;
    }

    private protected void AddText(ReadOnlySpan<char> text)
    {
        if (Target is { } target)
        {
            _pen.X = target.Put(_origin.X + _pen.X, _origin.Y + _pen.Y, text, _attribute, _clip) - _origin.X;
        }
    }

    /// <summary>A text with the character after its underscore in another look.</summary>
    private protected void AddHotText(string text, VisualRole normal, VisualRole hot)
    {
        var at = HotKeyText.IndexIn(text, HotKeySpecifier);
        SetAttributeForRole(normal);
        if (at < 0)
        {
            AddText(text);
            return;
        }

        AddText(text.AsSpan(0, at));
        SetAttributeForRole(hot);
        AddText(text.AsSpan(at + 1, 1));
        SetAttributeForRole(normal);
        AddText(text.AsSpan(at + 2));
    }

    /// <summary>Blanks of the current attribute.</summary>
    private protected void Fill(Rectangle area)
    {
        for (var row = area.Top; row < area.Bottom; row++)
        {
            Move(area.Left, row);
            for (var column = area.Left; column < area.Right; column++)
            {
                AddRune(new Rune(' '));
            }
        }
    }

    private void DrawLines(string[] lines)
    {
        for (var row = 0; row < lines.Length; row++)
        {
            Move(0, row);
            AddHotText(lines[row], VisualRole.Normal, VisualRole.HotNormal);
        }
    }

    private void DrawFrame()
    {
        SetAttributeForRole(VisualRole.Normal);
        Fill(new Rectangle(Point.Empty, Frame.Size));
        if (Edge == 0 || Frame.Width < 2 || Frame.Height < 2)
        {
            return;
        }

        var line = BoxGlyphs.Of(BorderStyle);
        DrawRow(0, line.UpperLeft, line.Horizontal, line.UpperRight);
        DrawRow(Frame.Height - 1, line.LowerLeft, line.Horizontal, line.LowerRight);
        for (var row = 1; row < Frame.Height - 1; row++)
        {
            Move(0, row);
            AddRune(line.Vertical);
            Move(Frame.Width - 1, row);
            AddRune(line.Vertical);
        }

        DrawTitle();
    }

    private void DrawTitle()
    {
        if (Title.Length == 0 || Frame.Width <= 6)
        {
            return;
        }

        var plain = HotKeyText.Plain(Title, HotKeySpecifier);
        Move(2, 0);
        AddText(" ");
        if (UnicodeWidth.Of(plain) <= Frame.Width - 6)
        {
            AddHotText(Title, VisualRole.Normal, VisualRole.HotNormal);
        }
        else
        {
            AddText(Columns.Fit(plain, Frame.Width - 6));
        }

        AddText(" ");
    }

    private void DrawRow(int row, Rune first, Rune middle, Rune last)
    {
        Move(0, row);
        AddRune(first);
        for (var column = 1; column < Frame.Width - 1; column++)
        {
            AddRune(middle);
        }

        AddRune(last);
    }
}
