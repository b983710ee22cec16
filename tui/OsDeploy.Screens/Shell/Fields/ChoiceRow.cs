using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

/// <summary>Shows what is chosen; Enter or Space opens the list, arrow keys with it closed go through it.</summary>
internal sealed class ChoiceRow : FieldRow
{
    private readonly ChoiceEntry _entry;
    private readonly Dialogs _dialogs;
    private readonly Button _button;

    public ChoiceRow(ChoiceEntry entry, int labelColumns, int width, Dialogs dialogs)
        : base(entry, labelColumns, width)
    {
        (_entry, _dialogs) = (entry, dialogs);
        _button = new Button();
        _button.Accepting += (_, e) =>
        {
            e.Handled = true;
            Pick();
        };
        _button.KeyDown += Step;
    }

    protected override View Control => _button;

    public override void Place(int y)
    {
        base.Place(y);
        _button.Text = (_entry.Chosen?.Label ?? Words.Common.ChooseOne) + " v";
        _button.Width = Dim.Auto(maximumContentDim: ControlColumns);
    }

    private void Pick()
    {
        using var list = new PickDialog(_entry.PlainLabel, [.. _entry.Options.Select(TextOf)], IndexOfValue());
        _dialogs.Run(list);
        if (list.Picked is { } picked)
        {
            Set(picked);
        }
    }

    private static string TextOf(Choice choice) => choice.Remark.Length == 0 ? choice.Label : $"{choice.Label}  ({choice.Remark})";

    private int IndexOfValue() => _entry.Options.ToList().FindIndex(option => option.Id == _entry.Value);

    private void Step(object? sender, Key key)
    {
        var step = key == Key.CursorRight ? 1 : key == Key.CursorLeft ? -1 : 0;
        var count = _entry.Options.Count;
        if (step != 0 && count > 0)
        {
            key.Handled = true;
            Set((IndexOfValue() + step + count) % count);
        }
    }

    private void Set(int index)
    {
        _entry.Value = _entry.Options[index].Id;
        Changed();
    }
}
