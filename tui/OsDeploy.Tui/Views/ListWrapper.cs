using System.Collections;
using System.Collections.ObjectModel;

namespace OsDeploy.Tui.Views;

/// <summary>Things as their own text.</summary>
public sealed class ListWrapper<T>(ObservableCollection<T>? source) : IListDataSource
{
    private readonly ObservableCollection<T> _source = source ?? [];

    public int Count => _source.Count;

    public IList ToList() => _source;
}
