namespace OsDeploy.Tui.ViewBase;

/// <summary>What has been drawn of a view so far. Here a frame is always drawn whole, so there is nothing to say.</summary>
public sealed class DrawContext;
