using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.Views;

/// <summary>One of a few: <c>(*)</c> before the one that is chosen. Enter chooses the one with the cursor, and accepts.</summary>
public class OptionSelector : SelectorBase
{
    public OptionSelector() => Value = 0;

    /// <summary>Number of the label with the cursor; it need not be the one that is chosen.</summary>
    public int FocusedItem
    {
        get => Cursor;
        set
        {
            if (!HasItem(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "there is no such label");
            }

            Cursor = value;
            SetNeedsDraw();
        }
    }

    protected override bool OnAccepting(CommandEventArgs args)
    {
        Select(Cursor);
        return false;
    }

    /// <summary>The first time it only leads here; from here on it leads through the labels.</summary>
    protected override bool OnHandlingHotKey(CommandEventArgs args) =>
        HasFocus && Values is { Count: > 0 } values && Select((values.ToList().IndexOf(Value ?? -1) + 1) % values.Count);

    private protected override int ValueOf(int item) => item;

    private protected override string SignOf(int item)
    {
        var sign = Values![item] == Value ? '*' : ' ';
        // Without brackets it cannot be changed, on a screen without colours too.
        return Enabled ? $"({sign})" : $"-{sign}-";
    }

    private protected override bool Select(int item)
    {
        if (Values is { } values && item < values.Count)
        {
            Value = values[item];
        }

        return true;
    }

    private protected override void FollowValue()
    {
        var item = Values?.ToList().IndexOf(Value ?? -1) ?? -1;
        Cursor = item < 0 ? Cursor : item;
    }
}
