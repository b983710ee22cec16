using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;

namespace OsDeploy.Tui.ViewBase;

/// <summary>A rectangle of the screen that shows something and may take keys. Used by the one thread of its application.</summary>
public partial class View : IDisposable
{
    private readonly List<View> _subViews = [];
    private IApplication? _app;
    private string _text = "";
    private string _title = "";
    private bool _isVisible = true;
    private bool _isEnabled = true;

    public string Id { get; set; } = "";

    /// <summary>Anything its user wants to keep with it.</summary>
    public object? Data { get; set; }

    public View? SuperView { get; private set; }

    public IReadOnlyCollection<View> SubViews => _subViews;

    /// <summary>The application it is shown by; null: it is not shown.</summary>
    public IApplication? App
    {
        get => _app ?? SuperView?.App;
        internal set => _app = value;
    }

    public virtual string Text
    {
        get => _text;
        set
        {
            if (_text != value)
            {
                _text = value;
                OnTextChanged();
                TextChanged?.Invoke(this, EventArgs.Empty);
                SetNeedsLayout();
            }
        }
    }

    /// <summary>Stands in the border. An underscore marks the hot key.</summary>
    public string Title
    {
        get => _title;
        set
        {
            _title = value;
            SetHotKeyFrom(value);
            OnTitleChanged();
            SetNeedsLayout();
        }
    }

    public virtual bool Visible
    {
        get => _isVisible;
        set
        {
            if (_isVisible != value)
            {
                _isVisible = value;
                LeaveIfUnable();
                SetNeedsLayout();
            }
        }
    }

    public bool Enabled
    {
        get => _isEnabled && (SuperView?.Enabled ?? true);
        set
        {
            if (_isEnabled != value)
            {
                _isEnabled = value;
                LeaveIfUnable();
                SetNeedsLayout();
            }
        }
    }

    public event EventHandler? TextChanged;

    /// <summary>The view is about to be shown for the first time, or was added to one that is shown.</summary>
    public event EventHandler? Initialized;

    public bool IsInitialized { get; private set; }

    public virtual View? Add(View? view)
    {
        if (view is null)
        {
            return null;
        }

        if (view.SuperView is not null)
        {
            throw new InvalidOperationException("The view is in another one already.");
        }

        view.SuperView = this;
        _subViews.Add(view);
        if (IsInitialized)
        {
            view.EndInit();
        }

        SetNeedsLayout();
        return view;
    }

    public void Add(params View[]? views)
    {
        foreach (var view in views ?? [])
        {
            Add(view);
        }
    }

    public virtual View? Remove(View? view)
    {
        if (view is null || !_subViews.Contains(view))
        {
            return null;
        }

        view.GiveUpFocus();
        _subViews.Remove(view);
        view.SuperView = null;
        SetNeedsLayout();
        return view;
    }

    /// <summary>Does not dispose them.</summary>
    public IReadOnlyCollection<View> RemoveAll()
    {
        View[] all = [.. _subViews];
        foreach (var view in all)
        {
            Remove(view);
        }

        return all;
    }

    /// <summary>It is drawn over the others, and is the last one for Tab.</summary>
    public void MoveSubViewToEnd(View subview)
    {
        if (_subViews.Remove(subview))
        {
            _subViews.Add(subview);
            SetNeedsLayout();
        }
    }

    public void SetNeedsDraw() => (App as Application)?.NeedDraw();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public override string ToString() => $"{GetType().Name}({Id}){Frame}";

    internal void EndInit()
    {
        if (!IsInitialized)
        {
            IsInitialized = true;
            Initialized?.Invoke(this, EventArgs.Empty);
        }

        foreach (var view in _subViews.ToArray())
        {
            view.EndInit();
        }
    }

    internal FrameBuffer? Target { get; private set; }

    protected virtual void OnTextChanged()
    {
    }

    protected virtual void OnTitleChanged()
    {
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        foreach (var view in _subViews.ToArray())
        {
            view.Dispose();
        }

        SuperView?.Remove(this);
    }
}
