namespace OsDeploy.Tui.Views;

/// <summary>Any of a few: <c>[x]</c> before each that is chosen. The value has one bit for each label.</summary>
public class FlagSelector : SelectorBase
{
    public FlagSelector() => Value = 0;

    private protected override int ValueOf(int item) => 1 << item;

    private protected override string SignOf(int item)
    {
        var sign = IsChosen(item) ? 'x' : ' ';
        return Enabled ? $"[{sign}]" : $"-{sign}-";
    }

    private protected override bool Select(int item)
    {
        if (HasItem(item))
        {
            Value = (Value ?? 0) ^ Values![item];
        }

        return true;
    }

    private bool IsChosen(int item) => Values![item] is var flag && ((Value ?? 0) & flag) == flag;
}
