using System.Collections;

namespace OsDeploy.Tui.Views;

/// <summary>What a list shows.</summary>
public interface IListDataSource
{
    int Count { get; }

    IList ToList();
}
