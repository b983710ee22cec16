namespace OsDeploy.Screens.Console;

/// <summary>One thing done to several: what one refuses does not keep it from the others.</summary>
internal static class Several
{
    /// <exception cref="UserErrorException">Names those that refused, with the first one's reason.</exception>
    public static async Task RunAsync<T>(IReadOnlyList<T> all, Func<T, string> nameOf, Func<T, Task> work)
    {
        var refused = new List<string>();
        UserErrorException? first = null;
        foreach (var one in all)
        {
            try
            {
                await work(one);
            }
            catch (UserErrorException e) when (e.Code is not ("logged-out" or "appliance-unreachable"))
            {
                first ??= e;
                refused.Add(nameOf(one));
            }
        }

        if (first is not null)
        {
            throw all.Count == 1 ? first : ConsoleErrors.SomeFailed(refused, all.Count, first);
        }
    }
}
