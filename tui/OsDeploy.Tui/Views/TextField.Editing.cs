using System.Text;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.Views;

public partial class TextField
{
    private void BindKeys()
    {
        this.Bind(Command.Left, () => MoveTo(_insertionPoint - 1), Key.CursorLeft, new Key('b').WithCtrl);
        this.Bind(Command.Right, () => MoveTo(_insertionPoint + 1), Key.CursorRight, new Key('f').WithCtrl);
        this.Bind(Command.LeftStart, () => MoveTo(0), Key.Home, Key.A.WithCtrl);
        this.Bind(Command.RightEnd, () => MoveTo(_runes.Length), Key.End, Key.E.WithCtrl);
        this.Bind(Command.WordLeft, () => MoveTo(WordLeft()), Key.CursorLeft.WithCtrl);
        this.Bind(Command.WordRight, () => MoveTo(WordRight()), Key.CursorRight.WithCtrl);
        this.Bind(Command.DeleteCharLeft, () => Delete(_insertionPoint - 1, _insertionPoint), Key.Backspace);
        this.Bind(Command.DeleteCharRight, () => Delete(_insertionPoint, _insertionPoint + 1), Key.Delete, new Key('d').WithCtrl);
        this.Bind(Command.CutToEndOfLine, () => Delete(_insertionPoint, _runes.Length), Key.K.WithCtrl);
        this.Bind(Command.CutToStartOfLine, () => Delete(0, _insertionPoint), Key.U.WithCtrl);
        this.Bind(Command.KillWordLeft, () => Delete(WordLeft(), _insertionPoint), new Key('w').WithCtrl, Key.Backspace.WithCtrl);
    }

    protected override bool OnKeyDown(Key key)
    {
        if (ReadOnly || key.AsRune is not { Value: not 0 } typed)
        {
            return false;
        }

        Insert(typed);
        return true;
    }

    /// <summary>As much of it as whoever watches <see cref="ValueChanging"/> lets in.</summary>
    internal override bool OnPaste(string text)
    {
        if (!ReadOnly)
        {
            _ = OneLine(text).EnumerateRunes().All(Insert);
        }

        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) && mouse.Position is { } position)
        {
            var at = _first;
            while (at < _runes.Length && WidthOf(_first, at + 1) <= position.X)
            {
                at++;
            }

            InsertionPoint = at;
        }

        return mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) || mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked);
    }

    private bool Insert(Rune rune) => Change([.. _runes[.._insertionPoint], rune, .. _runes[_insertionPoint..]], _insertionPoint + 1);

    // At its ends too the key is done with: who holds it down does not want to leave.
    private bool? MoveTo(int at)
    {
        InsertionPoint = at;
        return true;
    }

    private bool? Delete(int from, int to)
    {
        (from, to) = (Math.Max(from, 0), Math.Min(to, _runes.Length));
        if (!ReadOnly && from < to)
        {
            Change([.. _runes[..from], .. _runes[to..]], from);
        }

        return true;
    }

    private int WordLeft()
    {
        var at = _insertionPoint;
        while (at > 0 && !Rune.IsLetterOrDigit(_runes[at - 1]))
        {
            at--;
        }

        while (at > 0 && Rune.IsLetterOrDigit(_runes[at - 1]))
        {
            at--;
        }

        return at;
    }

    private int WordRight()
    {
        var at = _insertionPoint;
        while (at < _runes.Length && Rune.IsLetterOrDigit(_runes[at]))
        {
            at++;
        }

        while (at < _runes.Length && !Rune.IsLetterOrDigit(_runes[at]))
        {
            at++;
        }

        return at;
    }
}
