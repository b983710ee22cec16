using OsDeploy.Tui.App;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>Views of which one is shown at a time, below a row with the titles of all.</summary>
public class Tabs : View
{
    private readonly List<View> _tabs = [];
    private View? _value;

    public Tabs()
    {
        Width = Dim.Fill();
        Height = Dim.Fill();
        TabStop = TabBehavior.TabGroup;
        base.Add(new TabRow(this));
    }

    public event EventHandler<ValueChangingEventArgs<View?>>? ValueChanging;

    public event EventHandler<ValueChangedEventArgs<View?>>? ValueChanged;

    public IEnumerable<View> TabCollection => _tabs;

    /// <summary>The one that is shown.</summary>
    public View? Value
    {
        get => _value;
        set
        {
            if (_value == value || (value is not null && !_tabs.Contains(value)))
            {
                return;
            }

            var changing = new ValueChangingEventArgs<View?>(_value, value);
            ValueChanging?.Invoke(this, changing);
            if (!changing.Handled)
            {
                Show(changing.NewValue);
            }
        }
    }

    public override View? Add(View? view)
    {
        if (view is null)
        {
            return null;
        }

        (view.X, view.Y, view.Width, view.Height) = (0, 1, Dim.Fill(), Dim.Fill());
        view.Visible = false;
        _tabs.Add(view);
        base.Add(view);
        if (_value is null)
        {
            Show(view);
        }

        return view;
    }

    public override View? Remove(View? view)
    {
        var at = view is null ? -1 : _tabs.IndexOf(view);
        if (at >= 0)
        {
            _tabs.RemoveAt(at);
            if (_value == view)
            {
                Show(_tabs.Count == 0 ? null : _tabs[Math.Min(at, _tabs.Count - 1)]);
            }
        }

        return base.Remove(view);
    }

    private void Show(View? tab)
    {
        var old = _value;
        _value = tab;
        // The new one first: the focus goes to what is visible when the old one loses it.
        tab?.Visible = true;
        old?.Visible = false;
        SetNeedsDraw();
        ValueChanged?.Invoke(this, new ValueChangedEventArgs<View?>(old, tab));
    }
}
