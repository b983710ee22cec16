namespace OsDeploy.Tui.ViewBase;

public partial class View
{
    // Of a view that is in no other one: which view inside it takes the keys.
    private View? _leaf;
    private bool _canFocus;

    public bool CanFocus
    {
        get => _canFocus;
        set
        {
            _canFocus = value;
            LeaveIfUnable();
        }
    }

    public TabBehavior? TabStop { get; set; }

    /// <summary>This view, or one inside it, takes the keys.</summary>
    public bool HasFocus => Root._leaf is { } leaf && leaf.IsIn(this);

    /// <summary>The view inside this one on the way to the one that takes the keys.</summary>
    public View? Focused => HasFocus ? _subViews.Find(view => view.HasFocus) : null;

    public View? MostFocused => HasFocus && Root._leaf != this ? Root._leaf : null;

    public event EventHandler<HasFocusEventArgs>? HasFocusChanged;

    private View Root => SuperView?.Root ?? this;

    /// <summary>A view that holds others hands the focus to the first of them that takes it.</summary>
    /// <returns>False: neither it nor anything in it can have the focus now.</returns>
    public bool SetFocus()
    {
        if (HasFocus && Root._leaf!.CanTakeKeys())
        {
            return true;
        }

        var leaf = Leaves().FirstOrDefault() ?? (CanTakeKeys() ? this : null);
        if (leaf is null)
        {
            return false;
        }

        Root.MoveFocus(leaf);
        return true;
    }

    /// <summary>To the next view that stops at Tab, around the end.</summary>
    public bool AdvanceFocus(NavigationDirection direction, TabBehavior? behavior = null)
    {
        var leaves = Leaves().Where(view => view.TabStop != TabBehavior.NoStop).ToList();
        if (leaves.Count == 0)
        {
            return false;
        }

        var at = leaves.FindIndex(view => view.HasFocus);
        var next = direction == NavigationDirection.Forward ? at + 1 : (at < 0 ? leaves.Count : at) - 1;
        var leaf = leaves[(next + leaves.Count) % leaves.Count];
        Root.MoveFocus(leaf);
        return true;
    }

    /// <summary>A view that took the focus because there was nothing in it gives it to what has come since.</summary>
    internal void SettleFocus()
    {
        if (!HasFocus)
        {
            SetFocus();
        }
        else if (Root._leaf!.Leaves().FirstOrDefault() is { } inner)
        {
            Root.MoveFocus(inner);
        }
    }

    private protected virtual void OnHasFocusChanged(bool newHasFocus)
    {
    }

    /// <summary>Views inside this one that take keys, in the order of Tab. A view with such views inside is not one of them.</summary>
    private IEnumerable<View> Leaves()
    {
        foreach (var view in _subViews.Where(view => view.Visible && view.Enabled))
        {
            var isLeaf = true;
            foreach (var leaf in view.Leaves())
            {
                isLeaf = false;
                yield return leaf;
            }

            if (isLeaf && view.CanFocus)
            {
                yield return view;
            }
        }
    }

    private bool IsIn(View view) => this == view || (SuperView?.IsIn(view) ?? false);

    private bool CanTakeKeys() => CanFocus && Enabled && IsShown();

    private bool IsShown() => Visible && (SuperView?.IsShown() ?? true);

    private void MoveFocus(View? leaf)
    {
        if (_leaf == leaf)
        {
            return;
        }

        var old = _leaf?.Line() ?? [];
        _leaf = leaf;
        var now = leaf?.Line() ?? [];
        foreach (var view in old.Except(now))
        {
            view.TellFocus(false);
        }

        foreach (var view in now.Except(old))
        {
            view.TellFocus(true);
        }

        SetNeedsDraw();
    }

    // From the view to its root.
    private List<View> Line()
    {
        List<View> line = [this];
        for (var holder = SuperView; holder is not null; holder = holder.SuperView)
        {
            line.Add(holder);
        }

        return line;
    }

    private void TellFocus(bool hasFocus)
    {
        OnHasFocusChanged(hasFocus);
        HasFocusChanged?.Invoke(this, new HasFocusEventArgs(hasFocus));
    }

    private void GiveUpFocus()
    {
        if (!HasFocus)
        {
            return;
        }

        var root = Root;
        var leaves = root.Leaves().Where(view => !view.IsIn(this)).ToList();
        root.MoveFocus(leaves.FirstOrDefault() ?? (root != this && root.CanTakeKeys() ? root : null));
    }

    private void LeaveIfUnable()
    {
        if (Root._leaf is { } leaf && leaf.IsIn(this) && !leaf.CanTakeKeys())
        {
            GiveUpFocus();
        }
    }
}
